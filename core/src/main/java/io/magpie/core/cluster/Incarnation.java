package io.magpie.core.cluster;

/// One life of a node, from a start to the next.
///
/// @param number greater than that of every earlier start of the node, and no other node's; below 2^53
public record Incarnation(String node, long number) {
    private static final int RANDOM_BITS = 12;

    /// @param now milliseconds since the epoch; no node starts twice within one
    /// @param random keeps apart the nodes that start within the same millisecond
    public static Incarnation starting(String node, long now, int random) {
        return new Incarnation(node, (now << RANDOM_BITS) | (random & ((1 << RANDOM_BITS) - 1)));
    }
}
