package io.magpie.client;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs tasks one after the other, in the order they came, on whatever threads the runtime has. All state of a
/// client is touched by its lane only.
final class Lane implements Executor {
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    private final ClientRuntime runtime;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Lane(ClientRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            runtime.executor().execute(this::drain);
        }
    }

    private void drain() {
        int batch = waiting.get();
        do {
            for (int i = 0; i < batch; i++) {
                run(tasks.poll());
            }
            batch = waiting.addAndGet(-batch);
        } while (batch > 0);
    }

    private static void run(@Nullable Runnable task) {
        if (task == null) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            // The lane must outlive a faulty listener.
            LOG.log(System.Logger.Level.ERROR, "task failed", e);
        }
    }

    /// Runs the task on this lane later.
    void after(Duration delay, Runnable task) {
        runtime.timer().after(delay, () -> execute(task));
    }

    int waiting() {
        return waiting.get();
    }

    long now() {
        return runtime.clock().millis();
    }

    /// A wait of up to `limitMs`, any as likely as any other.
    Duration upTo(long limitMs) {
        return Duration.ofMillis(runtime.random().nextLong(limitMs + 1));
    }

    String freshId() {
        return Long.toHexString(runtime.random().nextLong())
                + Long.toHexString(runtime.random().nextLong());
    }
}
