package io.magpie.core.push;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What became of entries that might need a notification, since the start. Any thread.
public final class PushStats {
    final AtomicInteger waiting = new AtomicInteger();
    final LongAdder forgotten = new LongAdder();
    final LongAdder notifications = new LongAdder();
    final LongAdder users = new LongAdder();

    /// Entries that devices have time to acknowledge.
    public int waiting() {
        return waiting.get();
    }

    /// Entries not looked at because too many were waiting.
    public long forgotten() {
        return forgotten.sum();
    }

    /// Entries that somebody was to be notified of; one that goes to a very large group counts more than once.
    public long notifications() {
        return notifications.sum();
    }

    /// Members in all of those.
    public long users() {
        return users.sum();
    }
}
