package io.magpie.client;

import io.magpie.core.log.Entry;
import java.util.List;

/// Older entries of a conversation, ascending.
///
/// @param more whether there are older ones still
/// @param complete false if the client is offline and the copy does not hold all that was asked for
public record Page(List<Entry> entries, boolean more, boolean complete) {}
