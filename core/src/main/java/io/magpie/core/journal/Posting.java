package io.magpie.core.journal;

import io.magpie.core.log.Draft;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Weight;
import org.jspecify.annotations.Nullable;

/// A draft on its way through the group commit.
///
/// @param weight how much its push matters to slow readers
/// @param from the sending connection, which gets an answer instead of the push; null if none is live
public record Posting(Draft draft, Weight weight, @Nullable Connection from, Receipt receipt) {}
