package io.magpie.core.log;

import io.magpie.core.conversation.ConversationId;
import org.jspecify.annotations.Nullable;

/// An entry before it has a seq.
///
/// @param access the conversation's access number that the sender's permission was checked against, or [#UNCHECKED].
/// The store keeps the
///     number with the conversation and advances it whenever somebody's right to write there may have changed; a
///   draft that carries an older one is
///     not stored but answered [AppendResult.Stale]. So a permission may be cached for any time and is still exact at
/// the commit.
public record Draft(
        ConversationId conversation, long sender, @Nullable String clientId, Body body, long access) {
    /// Stored whatever the number is: what the server itself decided.
    public static final long UNCHECKED = -1;

    /// Never stored: answered as the repeat it is, or [AppendResult.Stale].
    public static final long ONLY_REPEAT = -2;
}
