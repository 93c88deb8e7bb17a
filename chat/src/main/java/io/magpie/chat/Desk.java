package io.magpie.chat;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The one thread that everything visible happens on: it runs what others give it, and paints when nothing is
/// left to run. Whoever gives more than it can run waits.
final class Desk implements Executor {
    private static final int WAITING = 10_000;

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(WAITING);
    private final Thread thread = Thread.currentThread();

    @Override
    public void execute(Runnable task) {
        if (thread.equals(Thread.currentThread())) {
            task.run();
            return;
        }
        try {
            tasks.put(task);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Until it is over; paints at least once a second, since times go by.
    void run(BooleanSupplier over, Runnable paint) throws InterruptedException {
        while (!over.getAsBoolean()) {
            paint.run();
            Runnable task = tasks.poll(1, TimeUnit.SECONDS);
            for (int i = 0; task != null && i < 200 && !over.getAsBoolean(); i++) {
                task.run();
                task = tasks.poll();
            }
            if (task != null) {
                task.run();
            }
        }
    }
}
