package io.magpie.core.log;

import io.magpie.core.conversation.ConversationId;

/// Where a conversation's log begins and ends.
///
/// @param firstSeq the first entry kept; older ones were deleted, see [OldEntries]
/// @param lastSeq 0 for a conversation nothing ever happened in; less than `firstSeq` if no entry is kept
/// @param updatedAt time of the newest entry, or of the last deletion if that is later
/// @param access see [Draft#access]
public record Head(ConversationId conversation, long firstSeq, long lastSeq, long updatedAt, long access) {
    /// Of a log kept from its beginning.
    public Head(ConversationId conversation, long lastSeq, long updatedAt, long access) {
        this(conversation, 1, lastSeq, updatedAt, access);
    }
}
