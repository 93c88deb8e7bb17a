package io.magpie.core.cluster;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What went to other nodes and came from them since the start. Any thread.
public final class RelayStats {
    final AtomicLong waitingBytes = new AtomicLong();
    final LongAdder records = new LongAdder();
    final LongAdder facts = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder overflows = new LongAdder();
    final LongAdder lookUpFailures = new LongAdder();
    final LongAdder rowsLost = new LongAdder();
    private final LongAdder arrived = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder unreadable = new LongAdder();

    /// Bytes of facts that wait for the look-up and the bus, roughly.
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /// Records published.
    public long records() {
        return records.sum();
    }

    /// Facts in them.
    public long facts() {
        return facts.sum();
    }

    /// Records the bus did not take.
    public long failures() {
        return failures.sum();
    }

    /// Facts given up because too many waited.
    public long overflows() {
        return overflows.sum();
    }

    /// Look-ups and changes that the directory did not answer.
    public long lookUpFailures() {
        return lookUpFailures.sum();
    }

    /// How often the directory had lost rows of this node.
    public long rowsLost() {
        return rowsLost.sum();
    }

    public void arrived() {
        arrived.increment();
    }

    public void gap() {
        gaps.increment();
    }

    public void unreadable() {
        unreadable.increment();
    }

    /// Records that came.
    public long arrivals() {
        return arrived.sum();
    }

    /// How often the bus said that records may be missing.
    public long gaps() {
        return gaps.sum();
    }

    /// Records that were none.
    public long unreadables() {
        return unreadable.sum();
    }
}
