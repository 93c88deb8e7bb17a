package io.magpie.cluster.command;

import java.util.HashMap;
import java.util.Map;

/// What a node has counted until now.
///
/// @param at in nanoseconds of some clock
record Sample(long at, long sessions, double sends, double deliveries, double entries, double lagSeconds) {
    /// @param metrics as Prometheus reads them; labels do not matter
    static Sample of(String metrics, long at) {
        Map<String, Double> sums = new HashMap<>();
        metrics.lines().filter(line -> line.startsWith("magpie_")).forEach(line -> {
            int name = line.indexOf('{');
            int value = line.lastIndexOf(' ');
            sums.merge(
                    line.substring(0, name < 0 ? value : name), Double.valueOf(line.substring(value + 1)), Double::sum);
        });
        return new Sample(
                at,
                sums.getOrDefault("magpie_sessions", 0.0).longValue(),
                sums.getOrDefault("magpie_sends_total", 0.0),
                sums.getOrDefault("magpie_deliveries_total", 0.0),
                sums.getOrDefault("magpie_entries_delivered_total", 0.0),
                sums.getOrDefault("magpie_delivery_lag_seconds_total", 0.0));
    }

    /// A node that started anew in between counts from 0 again.
    private boolean follows(Sample before) {
        return at > before.at && sends >= before.sends && deliveries >= before.deliveries && entries >= before.entries;
    }

    /// Since another sample of the same node.
    Rates since(Sample before) {
        if (!follows(before)) {
            return Rates.UNKNOWN;
        }
        double seconds = (at - before.at) / 1e9;
        double delivered = entries - before.entries;
        return new Rates(
                (sends - before.sends) / seconds,
                (deliveries - before.deliveries) / seconds,
                delivered == 0 ? Double.NaN : 1e3 * (lagSeconds - before.lagSeconds) / delivered);
    }

    /// Per second; NaN where nothing is known.
    ///
    /// @param lagMs from an entry's time to its delivery, on average
    record Rates(double sends, double deliveries, double lagMs) {
        static final Rates UNKNOWN = new Rates(Double.NaN, Double.NaN, Double.NaN);
    }
}
