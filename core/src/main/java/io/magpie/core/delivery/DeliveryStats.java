package io.magpie.core.delivery;

import java.util.concurrent.atomic.LongAdder;

/// What delivery did since the start. Any thread.
public final class DeliveryStats {
    final LongAdder entries = new LongAdder();
    final LongAdder pushes = new LongAdder();
    final LongAdder holes = new LongAdder();
    final LongAdder repairs = new LongAdder();

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

    /// Entries that the reconciler or a hole fetched from the log.
    public long repairs() {
        return repairs.sum();
    }
}
