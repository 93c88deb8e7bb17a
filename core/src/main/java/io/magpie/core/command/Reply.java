package io.magpie.core.command;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All the server may answer to a request.
public sealed interface Reply {
    record Welcome(
            long userId,
            long sessionId,
            String node,
            String epoch,
            long serverTime,
            long heartbeatMs,
            int maxFrameBytes)
            implements Reply {}

    record Pong(long serverTime) implements Reply {}

    record Sent(ConversationId conversation, long seq, long sentAt, boolean duplicate) implements Reply {}

    record Ok() implements Reply {}

    /// `ok` of `read`.
    record Unread(int unread) implements Reply {}

    /// `ok` of `recall`, `edit` and `react`: the seq of the new entry.
    record Recorded(long seq) implements Reply {}

    record Entries(ConversationId conversation, List<Entry> entries, boolean more) implements Reply {}

    record Conversations(
            List<ConversationItem> items,
            long syncedAt,
            @Nullable String cursor) implements Reply {}

    record Presence(List<PresenceState> states) implements Reply {}

    record Failed(Rejection rejection) implements Reply {}
}
