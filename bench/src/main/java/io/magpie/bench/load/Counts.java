package io.magpie.bench.load;

/// What became of all messages of a round.
///
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
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    boolean clean() {
        return lost + duplicate + disordered + refused + unanswered + disconnected == 0;
    }
}
