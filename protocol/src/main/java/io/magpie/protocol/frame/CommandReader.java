package io.magpie.protocol.frame;

import static io.magpie.protocol.frame.Limits.NUMBER;

import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import java.util.Optional;

/// Builds what a client asks.
final class CommandReader {
    private static final String TYPES =
            "hello, ping, send, received, read, listened, typing, recall, edit, react, history, sync, presence, bye";

    private CommandReader() {}

    /// @throws Refused `unsupported` if the type is unknown
    static Command read(Fields request) {
        String type = request.text(Field.TYPE, 0, Integer.MAX_VALUE);
        return switch (type) {
            case "hello" -> hello(request);
            case "ping" -> new Command.Ping();
            case "send" -> send(conversation(request), request);
            case "received" -> new Command.Received(conversation(request), request.number(Field.SEQ, 0, NUMBER));
            case "read" -> new Command.Read(conversation(request), request.number(Field.SEQ, 0, NUMBER));
            case "listened" -> new Command.Listened(conversation(request), seq(request));
            case "typing" -> new Command.Typing(conversation(request), request.flag(Field.ACTIVE));
            case "recall" -> new Command.Recall(conversation(request), seq(request));
            case "edit" ->
                new Command.Edit(
                        conversation(request), seq(request), ContentReader.read(request.object(Field.CONTENT)));
            case "react" ->
                new Command.React(
                        conversation(request),
                        seq(request),
                        request.text(Field.EMOJI, 1, Limits.EMOJI),
                        request.flag(Field.ACTIVE));
            case "history" -> new Command.History(conversation(request), range(request), limit(request));
            case "sync" ->
                new Command.Sync(
                        request.number(Field.SINCE, 0, NUMBER), request.textOrNull(Field.CURSOR, 1, Limits.CURSOR));
            case "presence" -> presence(request);
            case "bye" -> new Command.Bye();
            default -> throw Refused.unsupported("type: " + Refused.quote(type), "one of " + TYPES);
        };
    }

    private static Command hello(Fields request) {
        String token = request.text(Field.TOKEN, 1, Limits.TOKEN);
        Fields device = request.object(Field.DEVICE);
        String id = device.text(Field.ID, 1, Device.MAX_ID_BYTES);
        String name = device.textOrNull(Field.NAME, 0, Limits.DEVICE_NAME);
        return new Command.Hello(
                token, new Device(id, device.choice(Field.PLATFORM, WireNames.PLATFORM), name == null ? "" : name));
    }

    static Command.Send send(ConversationId conversation, Fields request) {
        return new Command.Send(
                conversation,
                request.text(Field.CLIENT_ID, 1, Limits.CLIENT_ID),
                ContentReader.read(request.object(Field.CONTENT)),
                request.numberOr(0, Field.REPLY_TO, 1, NUMBER),
                ContentReader.mentions(request),
                request.has(Field.PRIORITY)
                        ? request.choice(Field.PRIORITY, WireNames.PRIORITY)
                        : Command.Priority.NORMAL);
    }

    private static Command presence(Fields request) {
        if (!request.has(Field.USERS)) {
            throw request.unexpected(Field.USERS, null, "list of user ids");
        }
        return new Command.Presence(request.numbers(Field.USERS, Command.Presence.MAX_USERS, 1, NUMBER));
    }

    private static Command.Range range(Fields request) {
        if (request.has(Field.AFTER) == request.has(Field.BEFORE)) {
            throw Refused.malformed(
                    request.has(Field.AFTER) ? "after, before: both" : "after, before: missing",
                    "exactly one of after and before");
        }
        return request.has(Field.AFTER)
                ? new Command.Range.After(request.number(Field.AFTER, 0, NUMBER))
                : new Command.Range.Before(request.number(Field.BEFORE, 1, NUMBER));
    }

    private static int limit(Fields request) {
        if (request.get(Field.LIMIT) instanceof Long limit && limit > Command.History.MAX_LIMIT) {
            throw Refused.tooLarge("limit: " + limit, "1.." + Command.History.MAX_LIMIT);
        }
        return Math.toIntExact(
                request.numberOr(Command.History.DEFAULT_LIMIT, Field.LIMIT, 1, Command.History.MAX_LIMIT));
    }

    /// @throws Refused unless the id is spelled canonically
    static ConversationId conversation(Fields fields) {
        Object value = fields.get(Field.CONVERSATION);
        return Optional.ofNullable(value instanceof String text ? text : null)
                .flatMap(ConversationId::parse)
                .orElseThrow(
                        () -> fields.unexpected(Field.CONVERSATION, value, "d.<low>.<high>, g.<group> or n.<user>"));
    }

    private static long seq(Fields request) {
        return request.number(Field.SEQ, 1, NUMBER);
    }
}
