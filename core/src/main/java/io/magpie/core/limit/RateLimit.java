package io.magpie.core.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// So many per second for each key, and a burst after a pause. Any thread; never blocks.
///
/// A key costs one number: the time at which its bucket would be full again. Keys whose bucket is full are as good as
/// unknown and are forgotten by [#forgetIdle], so memory follows those active lately.
public final class RateLimit<K> {
    private final ConcurrentHashMap<K, Long> fullAt = new ConcurrentHashMap<>();
    private final long nanosEach;
    private final long burstNanos;
    private final LongSupplier nanoTime;

    /// @param count how many are allowed per `unit` in the long run
    /// @param burst how many are allowed at once
    public RateLimit(int count, TimeUnit unit, int burst, LongSupplier nanoTime) {
        this.nanosEach = Math.max(1, unit.toNanos(1) / count);
        this.burstNanos = nanosEach * burst;
        this.nanoTime = nanoTime;
    }

    /// Takes one; 0 if it was there, else how many milliseconds to wait, at least 1, and nothing is taken.
    public long take(K key) {
        long now = nanoTime.getAsLong();
        long[] waitNanos = {0};
        fullAt.compute(key, (_, before) -> {
            long from = before == null || before - now < 0 ? now : before;
            waitNanos[0] = from + nanosEach - now - burstNanos;
            return waitNanos[0] > 0 ? before : Long.valueOf(from + nanosEach);
        });
        return waitNanos[0] > 0 ? waitNanos[0] / 1_000_000 + 1 : 0;
    }

    /// To be called now and then.
    public void forgetIdle() {
        long now = nanoTime.getAsLong();
        fullAt.values().removeIf(full -> full - now < 0);
    }
}
