package io.magpie.core.log;

import java.util.List;

/// What was committed after a mark.
///
/// @param entries in commit order, at most as many as asked for
/// @param mark where to go on
/// @param truncated true if there is more
public record Changes(List<Entry> entries, long mark, boolean truncated) {}
