package io.magpie.bench.verify.history;

/// Whose connection it was.
///
/// @param device unique in the run, as in `u3-2`
/// @param node the one it was connected to
/// @param session counts all connections of the run, from 1
public record Where(String device, long user, String node, int session) {}
