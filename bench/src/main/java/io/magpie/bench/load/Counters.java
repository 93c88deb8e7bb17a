package io.magpie.bench.load;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// What a round has counted so far. Thread-safe.
public final class Counters {
    private static final long LONGEST_NANOS = 120_000_000_000L;

    final LongAdder sent = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder disconnected = new LongAdder();
    /// Deliveries that the acknowledged messages make.
    final LongAdder due = new LongAdder();
    private final Recorder latency = new Recorder(LONGEST_NANOS, 3);

    void arrived() {
        received.increment();
    }

    /// Something was begun that is no message.
    public void began() {
        sent.increment();
    }

    /// What was begun is done.
    public void done(long nanos) {
        acknowledged.increment();
        received.increment();
        record(nanos);
    }

    /// How long something took.
    public void record(long nanos) {
        latency.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    }

    /// The latencies since the last call.
    public Histogram takeLatency() {
        return latency.getIntervalHistogram();
    }

    public long received() {
        return received.sum();
    }

    public long acknowledged() {
        return acknowledged.sum();
    }

    public long sent() {
        return sent.sum();
    }

    long progress() {
        return acknowledged.sum() + refused.sum() + received.sum();
    }

    /// Every message is answered and has arrived wherever it must.
    boolean drained() {
        return acknowledged.sum() + refused.sum() >= sent.sum() && received.sum() >= due.sum();
    }
}
