package io.magpie.core.delivery;

import io.magpie.core.log.Entry;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/// What delivery did since the start. Any thread.
public final class DeliveryStats {
    private final InstantSource clock;
    private final LongAdder entries = new LongAdder();
    private final LongAdder lagMs = new LongAdder();
    final LongAdder pushes = new LongAdder();
    final LongAdder holes = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder skips = new LongAdder();
    final LongAdder surrenders = new LongAdder();
    final LongAdder repairs = new LongAdder();

    public DeliveryStats(InstantSource clock) {
        this.clock = clock;
    }

    void delivered(Entry entry) {
        entries.increment();
        lagMs.add(Math.max(0, clock.millis() - entry.sentAt()));
    }

    /// From the time of the entries handed over to then, summed up. Clocks of nodes that differ are in it.
    public long lagMs() {
        return lagMs.sum();
    }

    /// Entries handed to this node's sessions.
    public long entries() {
        return entries.sum();
    }

    /// Pushes handed to connections.
    public long pushes() {
        return pushes.sum();
    }

    /// Entries that came early and waited for the ones before.
    public long holes() {
        return holes.sum();
    }

    /// Entries that came after later ones were pushed, so that sessions were told to pull.
    public long late() {
        return late.sum();
    }

    /// Sweeps with more changes than they may look at.
    public long skips() {
        return skips.sum();
    }

    /// How often so much was suspect that every session was told to pull.
    public long surrenders() {
        return surrenders.sum();
    }

    /// Entries that the reconciler or a hole fetched from the log.
    public long repairs() {
        return repairs.sum();
    }
}
