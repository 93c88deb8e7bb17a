package io.magpie.protocol.frame;

import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what the server answers.
final class ReplyWriter {
    private ReplyWriter() {}

    static byte[] write(FrameWriter out, @Nullable String id, Reply reply) {
        out.open();
        out.text(Field.TYPE, type(reply)).textUnlessNull(Field.ID, id);
        switch (reply) {
            case Reply.Welcome welcome -> welcome(out, welcome);
            case Reply.Pong(long serverTime) -> out.number(Field.SERVER_TIME, serverTime);
            case Reply.Sent sent ->
                out.text(Field.CONVERSATION, sent.conversation().toString())
                        .number(Field.SEQ, sent.seq())
                        .number(Field.SENT_AT, sent.sentAt())
                        .flag(Field.DUPLICATE, sent.duplicate());
            case Reply.Ok() -> {}
            case Reply.Unread(int unread) -> out.number(Field.UNREAD, unread);
            case Reply.Recorded(long seq) -> out.number(Field.SEQ, seq);
            case Reply.Entries entries -> entries(out, entries);
            case Reply.Conversations conversations -> conversations(out, conversations);
            case Reply.Presence(List<PresenceState> states) -> states(out, states);
            case Reply.Failed(var rejection) ->
                out.text(Field.CODE, rejection.code().wireName())
                        .text(Field.MESSAGE, rejection.message())
                        .numberUnlessZero(Field.RETRY_AFTER_MS, rejection.retryAfterMs());
        }
        return out.close().bytes();
    }

    private static String type(Reply reply) {
        return switch (reply) {
            case Reply.Welcome _ -> "welcome";
            case Reply.Pong _ -> "pong";
            case Reply.Sent _ -> "sent";
            case Reply.Ok _, Reply.Unread _, Reply.Recorded _ -> "ok";
            case Reply.Entries _ -> "entries";
            case Reply.Conversations _ -> "conversations";
            case Reply.Presence _ -> "presence";
            case Reply.Failed _ -> "error";
        };
    }

    private static void welcome(FrameWriter out, Reply.Welcome welcome) {
        out.number(Field.USER_ID, welcome.userId())
                .number(Field.SESSION_ID, welcome.sessionId())
                .text(Field.NODE, welcome.node())
                .text(Field.EPOCH, welcome.epoch())
                .number(Field.SERVER_TIME, welcome.serverTime())
                .number(Field.HEARTBEAT_MS, welcome.heartbeatMs())
                .number(Field.MAX_FRAME_BYTES, welcome.maxFrameBytes());
    }

    private static void entries(FrameWriter out, Reply.Entries entries) {
        out.text(Field.CONVERSATION, entries.conversation().toString()).openList(Field.ENTRIES);
        for (Entry entry : entries.entries()) {
            EntryWriter.write(out, entry);
        }
        out.closeList().flag(Field.MORE, entries.more());
    }

    private static void conversations(FrameWriter out, Reply.Conversations conversations) {
        out.openList(Field.ITEMS);
        for (ConversationItem item : conversations.items()) {
            item(out, item);
        }
        out.closeList()
                .number(Field.SYNCED_AT, conversations.syncedAt())
                .textUnlessNull(Field.CURSOR, conversations.cursor());
    }

    private static void item(FrameWriter out, ConversationItem item) {
        out.open()
                .text(Field.CONVERSATION, item.conversation().toString())
                .text(Field.KIND, WireNames.KIND.of(item.conversation().kind()))
                .text(Field.TITLE, item.title())
                .textUnlessNull(Field.AVATAR, item.avatar().isEmpty() ? null : item.avatar())
                .text(Field.STATE, WireNames.STATE.of(item.state()))
                .number(Field.FIRST_SEQ, item.firstSeq())
                .number(Field.LAST_SEQ, item.lastSeq())
                .number(Field.READ_SEQ, item.readSeq())
                .number(Field.UNREAD, item.unread())
                .flag(Field.MENTIONED, item.mentioned())
                .flag(Field.MUTED, item.muted())
                .flag(Field.PINNED, item.pinned());
        if (item.hidden()) {
            out.flag(Field.HIDDEN, true);
        }
        if (item.last() != null) {
            out.open(Field.LAST);
            EntryWriter.members(out, item.last());
            out.close();
        }
        out.close();
    }

    static void states(FrameWriter out, List<PresenceState> states) {
        out.openList(Field.STATES);
        for (PresenceState state : states) {
            out.open().number(Field.USER, state.user()).flag(Field.ONLINE, state.online());
            out.openList(Field.PLATFORMS);
            for (Platform platform : state.platforms()) {
                out.item(WireNames.PLATFORM.of(platform));
            }
            out.closeList()
                    .numberUnlessZero(Field.LAST_SEEN_AT, state.lastSeenAt())
                    .close();
        }
        out.closeList();
    }
}
