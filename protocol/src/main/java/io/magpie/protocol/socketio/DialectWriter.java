package io.magpie.protocol.socketio;

import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what a page hears. Pure; any thread.
public final class DialectWriter {
    private static final int PRIVATE = 1;
    private static final int GROUP = 2;

    /// An event of the dialect.
    ///
    /// @param json its argument
    public record Heard(String event, String json) {}

    private DialectWriter() {}

    /// What a push is in the dialect; nothing where it has no event for it.
    public static List<Heard> events(Event event) {
        return switch (event) {
            case Event.EntryAdded(var entry) -> entry(entry);
            case Event.Read(var conversation, long user, long seq) ->
                List.of(new Heard(
                        "message_read",
                        new Json()
                                .open()
                                .text("messageId", new MessageId(conversation, seq).toString())
                                .number("userId", user)
                                .close()
                                .text()));
            case Event.Typing typing -> List.of(typing(typing));
            case Event.Presence(var states) ->
                states.stream().map(DialectWriter::presence).toList();
            case Event.Delivered _, Event.Listened _, Event.Lagging _, Event.Bye _ -> List.of();
        };
    }

    private static List<Heard> entry(Entry entry) {
        var conversation = entry.conversation();
        return switch (entry.body()) {
            case Body.Message message
            when conversation.kind() != ConversationId.Kind.NOTICES -> {
                var json = new Json().open();
                place(json, conversation, entry.seq(), entry.sender());
                message(json, message, entry.sentAt(), entry.clientId(), conversation);
                boolean group = conversation.kind() == ConversationId.Kind.GROUP;
                yield List.of(new Heard(
                        group ? "group_message" : "private_message",
                        json.close().text()));
            }
            case Body.Recall(long target) -> {
                var json = new Json().open();
                place(json, conversation, target, entry.sender());
                yield List.of(new Heard(
                        "message_recalled",
                        json.number("timestamp", entry.sentAt()).close().text()));
            }
            case Body.Message _, Body.Edit _, Body.Reaction _, Body.MembersChanged _ -> List.of();
            case Body.GroupChanged _, Body.Notice _ -> List.of();
        };
    }

    /// Which message it is, and between whom.
    private static void place(Json out, ConversationId conversation, long seq, long sender) {
        out.text("messageId", new MessageId(conversation, seq).toString()).number("fromUserId", sender);
        switch (conversation.kind()) {
            case GROUP -> out.number("groupId", conversation.group());
            case DIRECT -> out.number("toUserId", conversation.peerOf(sender));
            case NOTICES -> {}
        }
    }

    private static void message(
            Json out, Body.Message message, long sentAt, @Nullable String clientId, ConversationId conversation) {
        if (message.content() != null) {
            FileMessage.of(message.content()).fields(out);
        }
        if (message.replyTo() != 0) {
            out.text("replyToMessageId", new MessageId(conversation, message.replyTo()).toString());
        }
        if (clientId != null) {
            out.text("clientId", clientId);
        }
        out.number("timestamp", sentAt);
    }

    private static Heard typing(Event.Typing typing) {
        var conversation = typing.conversation();
        boolean group = conversation.kind() == ConversationId.Kind.GROUP;
        var json = new Json()
                .open()
                .number("userId", typing.user())
                .number("targetId", group ? conversation.group() : typing.user())
                .number("roomType", group ? GROUP : PRIVATE)
                .close();
        return new Heard(typing.active() ? "user_typing" : "user_stop_typing", json.text());
    }

    private static Heard presence(PresenceState state) {
        var json = new Json().open().number("userId", state.user());
        if (!state.online() && state.lastSeenAt() != 0) {
            json.number("lastSeenAt", state.lastSeenAt());
        }
        return new Heard(
                state.online() ? "user_online" : "user_offline", json.close().text());
    }

    /// The argument of an acknowledgement.
    public static String acknowledgement(Call.Acknowledgement asked, Reply reply) {
        if (reply instanceof Reply.Failed(Rejection rejection)) {
            return failure(rejection);
        }
        var json = success();
        if (asked instanceof Call.Acknowledgement.Sent(long user, var send) && reply instanceof Reply.Sent sent) {
            place(json, sent.conversation(), sent.seq(), user);
            var body = new Body.Message(send.content(), send.replyTo(), send.mentions());
            message(json, body, sent.sentAt(), send.clientId(), sent.conversation());
            json.flag("duplicate", sent.duplicate());
        } else if (reply instanceof Reply.Unread(int unread)) {
            json.number("unread", unread);
        } else if (reply instanceof Reply.Recorded(long seq)) {
            json.number("seq", seq);
        }
        return json.close().close().text();
    }

    /// The acknowledgement of `get_online_users`.
    public static String online(List<PresenceState> states) {
        var json = success().openList("users");
        states.stream()
                .filter(PresenceState::online)
                .mapToLong(PresenceState::user)
                .sorted()
                .forEach(json::item);
        return json.closeList().close().close().text();
    }

    /// The acknowledgement of what has nothing more to say.
    public static String done() {
        return success().close().close().text();
    }

    private static Json success() {
        return new Json().open().flag("success", true).text("message", "ok").open("data");
    }

    public static String failure(Rejection rejection) {
        var json = new Json()
                .open()
                .flag("success", false)
                .text("message", rejection.message())
                .text("code", rejection.code().wireName());
        if (rejection.retryAfterMs() != 0) {
            json.number("retryAfterMs", rejection.retryAfterMs());
        }
        return json.close().text();
    }

    /// The data of a refused CONNECT.
    public static String refusal(Rejection rejection) {
        var json = new Json()
                .open()
                .text("message", rejection.message())
                .open("data")
                .text("code", rejection.code().wireName());
        if (rejection.retryAfterMs() != 0) {
            json.number("retryAfterMs", rejection.retryAfterMs());
        }
        return json.close().close().text();
    }
}
