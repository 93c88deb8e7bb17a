package io.magpie.core.session;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Runs a session's blocking commands one after the other, off the lane, in the order they came. Any thread.
public final class SerialTasks {
    private static final int MAX_WAITING = 256;

    private final Executor workers;
    private @Nullable ArrayDeque<Runnable> waiting;
    private boolean running;

    SerialTasks(Executor workers) {
        this.workers = workers;
    }

    /// True if nothing runs or waits, so that a command may run on the lane without overtaking another.
    public synchronized boolean isIdle() {
        return !running;
    }

    /// False if too many wait.
    public synchronized boolean submit(Runnable task) {
        if (running) {
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            return waiting.size() < MAX_WAITING && waiting.add(task);
        }
        running = true;
        workers.execute(() -> run(task));
        return true;
    }

    private void run(Runnable first) {
        for (Runnable task = first; task != null; task = next()) {
            task.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        var task = waiting == null ? null : waiting.poll();
        if (task == null) {
            running = false;
            waiting = null;
        }
        return task;
    }
}
