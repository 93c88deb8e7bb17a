package io.magpie.core.session;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Named virtual threads for what may block, at most so many at work at a time; more wait their turn.
public final class Workers implements Executor, AutoCloseable {
    private final ExecutorService threads;
    private final Semaphore turns;

    public Workers(String name, int atWork) {
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        this.turns = new Semaphore(atWork);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            turns.acquireUninterruptibly();
            try {
                task.run();
            } finally {
                turns.release();
            }
        });
    }

    /// Waits for what was started.
    @Override
    public void close() {
        threads.close();
    }
}
