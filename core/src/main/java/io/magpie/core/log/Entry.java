package io.magpie.core.log;

import io.magpie.core.conversation.ConversationId;
import org.jspecify.annotations.Nullable;

/// One entry of a conversation's log.
///
/// @param seq 1, 2, 3, … without gaps within the conversation
/// @param sender the user who caused it; 0 is the server
/// @param sentAt the server's time at the commit, never earlier than that of the entry before
/// @param clientId the sender's own id of it, null for what clients do not repeat
public record Entry(
        ConversationId conversation,
        long seq,
        long sender,
        long sentAt,
        @Nullable String clientId,
        Body body) {}
