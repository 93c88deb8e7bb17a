package io.magpie.bench.verify.history;

/// One line of a history.
public sealed interface Line {
    /// Microseconds since the run began.
    long at();

    record Seen(long at, Where where, What what) implements Line {}

    /// @param target the node or engine, empty if it has none
    /// @param heavy whether nodes that it touches cannot be expected to serve while it lasts
    record Fault(long at, String fault, String target, boolean begins, boolean heavy) implements Line {}

    record Milestone(long at, Phase phase) implements Line {}

    enum Phase {
        /// Faults are over; from here on every device shows all it can see.
        FINAL_VIEW,
        /// Everybody is connected and knows of everybody else.
        ALL_PRESENT,
        /// Some have left, and the others know.
        SOME_PRESENT
    }
}
