package io.magpie.core.command;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All a client may ask over a live session. Values are well-formed (types, lengths, ranges: the codec's work) but
/// not yet allowed.
public sealed interface Command {
    record Hello(String token, Device device) implements Command {}

    record Ping() implements Command {}

    /// @param clientId 1 to 64 bytes of UTF-8, unique per sender and conversation
    /// @param replyTo seq of the message answered; 0 if none
    record Send(
            ConversationId conversation,
            String clientId,
            Content content,
            long replyTo,
            Mentions mentions,
            Priority priority)
            implements Command {}

    record Received(ConversationId conversation, long seq) implements Command {}

    record Read(ConversationId conversation, long seq) implements Command {}

    record Listened(ConversationId conversation, long seq) implements Command {}

    record Typing(ConversationId conversation, boolean active) implements Command {}

    record Recall(ConversationId conversation, long seq) implements Command {}

    record Edit(ConversationId conversation, long seq, Content content) implements Command {}

    /// @param emoji 1 to 64 bytes of UTF-8
    record React(ConversationId conversation, long seq, String emoji, boolean active) implements Command {}

    record History(ConversationId conversation, Range range, int limit) implements Command {
        public static final int DEFAULT_LIMIT = 50;
        public static final int MAX_LIMIT = 200;
    }

    /// Entries after a seq, the oldest first, or before one, the newest first; both exclusive, both answered in
    /// ascending order.
    sealed interface Range {
        record After(long seq) implements Range {}

        record Before(long seq) implements Range {}
    }

    /// @param since a `syncedAt` of an earlier reply, or 0
    /// @param cursor null on the first page
    record Sync(long since, @Nullable String cursor) implements Command {}

    /// Replaces the session's watch list.
    record Presence(List<Long> users) implements Command {
        public static final int MAX_USERS = 500;
    }

    record Bye() implements Command {}

    /// High priority is dropped last when a reader is slow, and marked urgent for push notifications.
    enum Priority {
        NORMAL,
        HIGH
    }
}
