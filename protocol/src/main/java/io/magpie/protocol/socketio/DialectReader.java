package io.magpie.protocol.socketio;

import io.magpie.core.account.DemoAuthenticator;
import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Builds what a page asks.
final class DialectReader {
    private static final String EVENTS = "magpie, send_message, recall_message, mark_read, typing, stop_typing, "
            + "join_room, leave_room, get_online_users";

    private static final int MAX_TEXT = 8192;
    private static final int MAX_CLIENT_ID = 64;
    private static final int MAX_TOKEN = 8192;
    private static final int MAX_NAME = 64;
    private static final int PRIVATE = 1;
    private static final int GROUP = 2;

    private DialectReader() {}

    static Call call(String event, Arguments arguments, long user, String clientId) {
        return switch (event) {
            case "send_message" -> {
                var send = send(arguments, user, clientId);
                yield new Call.Run(send, new Call.Acknowledgement.Sent(user, send));
            }
            case "recall_message" -> {
                var id = existing(arguments);
                yield done(new Command.Recall(id.conversation(), id.seq()));
            }
            case "mark_read" -> {
                var id = arguments.messageId("messageId");
                yield done(new Command.Read(id.conversation(), id.seq()));
            }
            case "typing" -> done(new Command.Typing(room(arguments, user), true));
            case "stop_typing" -> done(new Command.Typing(room(arguments, user), false));
            case "join_room" -> new Call.Room(room(arguments, user), true);
            case "leave_room" -> new Call.Room(room(arguments, user), false);
            case "get_online_users" ->
                new Call.Online(
                        arguments.has("users") ? arguments.ids("users", Command.Presence.MAX_USERS) : List.of());
            default -> throw Arguments.unsupported("event: unknown", "one of " + EVENTS);
        };
    }

    private static Call done(Command command) {
        return new Call.Run(command, new Call.Acknowledgement.Done());
    }

    private static MessageId existing(Arguments arguments) {
        var id = arguments.messageId("messageId");
        if (id.seq() == 0) {
            throw Arguments.malformed("messageId: seq 0", "the id of a message");
        }
        return id;
    }

    private static Command.Send send(Arguments arguments, long user, String clientId) {
        if (arguments.has("toUserId") == arguments.has("groupId")) {
            throw Arguments.malformed(
                    "toUserId, groupId: " + (arguments.has("groupId") ? "both" : "missing"), "exactly one of them");
        }
        var conversation = arguments.has("groupId")
                ? ConversationId.group(arguments.id("groupId"))
                : ConversationId.direct(user, arguments.id("toUserId"));
        var own = arguments.has("clientId") ? arguments.text("clientId", 1, MAX_CLIENT_ID) : clientId;
        return new Command.Send(
                conversation,
                own,
                content(arguments),
                replyTo(arguments, conversation),
                Mentions.NONE,
                Command.Priority.NORMAL);
    }

    private static Content content(Arguments arguments) {
        int type = (int) arguments.numberOr(FileMessage.TEXT, "messageType", FileMessage.TEXT, FileMessage.FILE);
        return type == FileMessage.TEXT
                ? new Content.Text(arguments.text("content", 1, MAX_TEXT))
                : FileMessage.read(arguments, type).toContent();
    }

    private static long replyTo(Arguments arguments, ConversationId conversation) {
        if (!arguments.has("replyToMessageId")) {
            return 0;
        }
        var id = arguments.messageId("replyToMessageId");
        if (!id.conversation().equals(conversation) || id.seq() == 0) {
            throw Arguments.malformed("replyToMessageId: elsewhere", "a message of the same conversation");
        }
        return id.seq();
    }

    private static ConversationId room(Arguments arguments, long user) {
        long target = arguments.id("targetId");
        return arguments.number("roomType", PRIVATE, GROUP) == GROUP
                ? ConversationId.group(target)
                : ConversationId.direct(user, target);
    }

    /// See [Call#hello].
    static Call.Hello hello(Arguments auth, @Nullable String token, @Nullable String userId, String deviceId) {
        var said = auth.textOrNull("token", MAX_TOKEN);
        var own = said == null ? token : said;
        if (own == null) {
            var demo = demoUser(auth, userId);
            if (demo == null) {
                throw Arguments.malformed("auth.token: missing", "auth: {token}");
            }
            var hello = new Command.Hello(DemoAuthenticator.token(demo), device(auth, "", deviceId));
            return new Call.Hello(hello, pushes(auth), true);
        }
        if (own.isEmpty() || own.length() > MAX_TOKEN) {
            throw Arguments.malformed("token: empty or too long", "text of 1.." + MAX_TOKEN + " bytes");
        }
        return new Call.Hello(new Command.Hello(own, device(auth, own, deviceId)), pushes(auth), false);
    }

    private static @Nullable String demoUser(Arguments auth, @Nullable String queried) {
        if (auth.has("userId")) {
            return Long.toString(auth.id("userId"));
        }
        return queried;
    }

    // A JWT opens one login for each device id, so what nobody named must not be a new one with every connection.
    private static Device device(Arguments auth, String token, String deviceId) {
        var device = auth.objectOrNull("device");
        boolean jwt = token.indexOf('.') >= 0;
        if (device == null) {
            return new Device(jwt ? "socketio" : deviceId, Platform.WEB, "");
        }
        var name = device.textOrNull("name", MAX_NAME);
        return new Device(device.text("id", 1, Device.MAX_ID_BYTES), platform(device), name == null ? "" : name);
    }

    private static Platform platform(Arguments device) {
        var name = device.textOrNull("platform", MAX_NAME);
        for (var platform : Platform.values()) {
            if (name == null
                    ? platform == Platform.WEB
                    : platform.name().toLowerCase(Locale.ROOT).equals(name)) {
                return platform;
            }
        }
        throw Arguments.malformed("device.platform: unknown", "web, ios, android, windows, mac, linux or bot");
    }

    private static Call.Pushes pushes(Arguments auth) {
        var name = auth.textOrNull("pushes", MAX_NAME);
        return switch (name) {
            case null -> Call.Pushes.BOTH;
            case "both" -> Call.Pushes.BOTH;
            case "dialect" -> Call.Pushes.DIALECT;
            case "magpie" -> Call.Pushes.MAGPIE;
            default -> throw Arguments.malformed("auth.pushes: unknown", "both, dialect or magpie");
        };
    }
}
