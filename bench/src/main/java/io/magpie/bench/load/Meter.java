package io.magpie.bench.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Measures from its making on: how much came, how long it took, and what that cost the server.
public final class Meter {
    private static final double[] PERCENTILES = {0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.99};

    private final Usage usage;
    private final Counters counters;
    private final List<Series.Point> perSecond = new ArrayList<>();
    private final double cpu;
    private final double gc;
    private final long start;
    private final long received;
    private long lastNanos;
    private long lastReceived;

    public Meter(Usage usage, Counters counters) {
        this.usage = usage;
        this.counters = counters;
        this.gc = usage.gcSeconds();
        this.cpu = usage.cpuSeconds();
        counters.takeLatency();
        this.received = counters.received();
        this.start = System.nanoTime();
        this.lastNanos = start;
        this.lastReceived = received;
    }

    /// To be called about once a second.
    ///
    /// @return what came since the last time
    public long tick() {
        long now = System.nanoTime();
        long count = counters.received();
        long more = count - lastReceived;
        perSecond.add(new Series.Point((now - start) / 1e9, more * 1e9 / Math.max(1, now - lastNanos)));
        lastNanos = now;
        lastReceived = count;
        return more;
    }

    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /// The result, with deliveries as what was counted.
    public Result stop() {
        return stop(counters.received() - received, seconds());
    }

    /// @param count of what `PER_SECOND` and `CPU_PER_MILLION` are about
    public Result stop(long count, double seconds) {
        double cpuUsed = usage.cpuSeconds() - cpu;
        Histogram latency = counters.takeLatency();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.PER_SECOND, count / seconds);
        figures.put(Figure.CPU_PER_MILLION, cpuUsed / count * 1e6);
        figures.put(Figure.P50, latency.getValueAtPercentile(50) / 1e6);
        figures.put(Figure.P99, latency.getValueAtPercentile(99) / 1e6);
        figures.put(Figure.P999, latency.getValueAtPercentile(99.9) / 1e6);
        figures.put(Figure.MAX, latency.getMaxValue() / 1e6);
        figures.put(Figure.RESIDENT, usage.residentBytes() / 1e6);
        figures.put(Figure.GC_SHARE, (usage.gcSeconds() - gc) / seconds() * 100);
        return new Result(figures, List.of(new Series("per second", perSecond), curve(latency)));
    }

    /// Latency by how rare it is: 0 is everybody, 1 the slowest tenth, 2 the slowest hundredth.
    private static Series curve(Histogram latency) {
        List<Series.Point> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            points.add(new Series.Point(
                    -Math.log10(1 - percentile / 100), latency.getValueAtPercentile(percentile) / 1e6));
        }
        return new Series("latency", points);
    }

    public record Result(Map<Figure, Double> figures, List<Series> series) {}
}
