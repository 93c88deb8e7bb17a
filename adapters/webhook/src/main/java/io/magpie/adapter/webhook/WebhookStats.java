package io.magpie.adapter.webhook;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What became of notifications since the start. Any thread.
public final class WebhookStats {
    final LongAdder delivered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder failures = new LongAdder();
    final AtomicLong waitingBytes = new AtomicLong();

    /// Notifications that the other end took.
    public long delivered() {
        return delivered.sum();
    }

    /// Notifications given up because too much was waiting, or at the stop.
    public long dropped() {
        return dropped.sum();
    }

    /// Notifications that the other end does not want.
    public long refused() {
        return refused.sum();
    }

    public long requests() {
        return requests.sum();
    }

    /// Requests to be repeated.
    public long failures() {
        return failures.sum();
    }

    public long waitingBytes() {
        return waitingBytes.get();
    }
}
