package io.magpie.core.log;

import io.magpie.core.conversation.ConversationId;

/// The end of a conversation's log.
///
/// @param lastSeq 0 for a conversation nothing ever happened in
/// @param updatedAt time of the newest entry
/// @param access see [Draft#access]
public record Head(ConversationId conversation, long lastSeq, long updatedAt, long access) {}
