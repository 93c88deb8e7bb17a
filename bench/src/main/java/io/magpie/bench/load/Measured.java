package io.magpie.bench.load;

import org.jspecify.annotations.Nullable;

/// What one round found on one server. Rates and cost belong to the measured seconds, counts to the whole round.
///
/// @param perSecond deliveries per second
/// @param cpuPerMillion the server's CPU seconds per million deliveries
/// @param complaint the first thing that went wrong
public record Measured(
        String server,
        double perSecond,
        double cpuPerMillion,
        double p50Millis,
        double p99Millis,
        double residentMegabytes,
        Counts counts,
        @Nullable String complaint) {
    /// @param lost acknowledged and not delivered
    /// @param duplicate acknowledgements and deliveries that came twice
    /// @param unanswered neither acknowledged nor refused
    public record Counts(
            long sent,
            long acknowledged,
            long received,
            long lost,
            long duplicate,
            long disordered,
            long refused,
            long unanswered,
            long disconnected) {
        boolean clean() {
            return lost + duplicate + disordered + refused + unanswered + disconnected == 0;
        }
    }

    public boolean clean() {
        return counts.clean() && complaint == null;
    }
}
