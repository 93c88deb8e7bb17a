package io.magpie.bench.load;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// What a round has counted so far. Thread-safe.
final class Counters {
    private static final long LONGEST_NANOS = 120_000_000_000L;

    final LongAdder sent = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder disconnected = new LongAdder();
    private final Recorder latency = new Recorder(LONGEST_NANOS, 3);

    void received(long nanos) {
        received.increment();
        latency.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    }

    /// The latencies since the last call.
    Histogram takeLatency() {
        return latency.getIntervalHistogram();
    }

    long progress() {
        return acknowledged.sum() + refused.sum() + received.sum();
    }
}
