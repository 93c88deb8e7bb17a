package io.magpie.client;

import java.time.Duration;

/// Runs a task later, on a thread of its own that the task must not hold up.
@FunctionalInterface
public interface Timer {
    void after(Duration delay, Runnable task);
}
