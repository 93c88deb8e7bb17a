package io.magpie.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/// A runtime in which nothing happens by itself: tasks run, in order of their time, when the test advances it.
final class VirtualTime implements Timer, InstantSource {
    private record Task(long at, long number, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long now = 1_000_000;
    private long numbers;

    ClientRuntime runtime(Transport transport, long seed) {
        return new ClientRuntime(
                _ -> transport, this, task -> after(Duration.ZERO, task), this, new Random(seed), () -> {});
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now + delay.toMillis(), numbers++, task));
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    /// As when a process dies.
    void forgetEverything() {
        tasks.clear();
    }

    void advance(long byMs) {
        long until = now + byMs;
        while (!tasks.isEmpty() && tasks.peek().at <= until) {
            Task next = tasks.remove();
            now = next.at;
            next.action.run();
        }
        now = until;
    }
}
