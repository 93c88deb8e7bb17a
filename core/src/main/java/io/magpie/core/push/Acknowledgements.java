package io.magpie.core.push;

import io.magpie.core.conversation.ConversationId;

/// Hears which devices hold what.
public interface Acknowledgements {
    /// Where nobody needs to know.
    Acknowledgements IGNORED = (_, _, _) -> {};

    /// A device of the user holds everything up to `seq`. On the session's lane: returns at once, waits for nothing.
    void received(ConversationId conversation, long user, long seq);
}
