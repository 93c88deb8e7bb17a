package io.magpie.protocol.frame;

import static io.magpie.protocol.frame.Limits.NUMBER;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.magpie.protocol.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds what a client receives.
final class FrameReader {
    private static final int ANY = Integer.MAX_VALUE;

    private FrameReader() {}

    /// A reply this version cannot read is a failed reply, because somebody waits for it; a push is ignored.
    static ServerFrame read(Fields frame) {
        String type = frame.get(Field.TYPE) instanceof String text ? text : "";
        String id = frame.get(Field.ID) instanceof String text ? text : null;
        try {
            // Both a reply and a push are named presence; only the reply has an id.
            Reply reply = id == null && type.equals("presence") ? null : reply(type, frame);
            if (reply != null) {
                return new ServerFrame.Answer(id, reply);
            }
            if (type.equals("ping")) {
                return new ServerFrame.Ping();
            }
            Event event = event(type, frame);
            return event == null ? new ServerFrame.Unknown(type) : new ServerFrame.Push(event);
        } catch (Refused refused) {
            return id == null ? new ServerFrame.Unknown(type) : new ServerFrame.Answer(id, illegible(refused));
        }
    }

    private static Reply illegible(Refused refused) {
        return new Reply.Failed(new Rejection(
                ErrorCode.INTERNAL, "illegible reply: " + refused.rejection().message()));
    }

    private static @Nullable Reply reply(String type, Fields frame) {
        return switch (type) {
            case "welcome" -> welcome(frame);
            case "pong" -> new Reply.Pong(number(frame, Field.SERVER_TIME));
            case "sent" ->
                new Reply.Sent(
                        CommandReader.conversation(frame),
                        number(frame, Field.SEQ),
                        number(frame, Field.SENT_AT),
                        frame.flag(Field.DUPLICATE));
            case "ok" -> ok(frame);
            case "entries" ->
                new Reply.Entries(
                        CommandReader.conversation(frame),
                        objects(frame, Field.ENTRIES).stream()
                                .map(EntryReader::tolerant)
                                .toList(),
                        frame.flag(Field.MORE));
            case "conversations" -> ItemReader.conversations(frame);
            case "presence" -> new Reply.Presence(ItemReader.states(frame));
            case "error" -> failed(frame);
            default -> null;
        };
    }

    private static Reply welcome(Fields frame) {
        return new Reply.Welcome(
                number(frame, Field.USER_ID),
                number(frame, Field.SESSION_ID),
                frame.text(Field.NODE, 0, ANY),
                frame.text(Field.EPOCH, 0, ANY),
                number(frame, Field.SERVER_TIME),
                number(frame, Field.HEARTBEAT_MS),
                frame.integer(Field.MAX_FRAME_BYTES, 0, ANY));
    }

    private static Reply ok(Fields frame) {
        if (frame.has(Field.UNREAD)) {
            return new Reply.Unread(frame.integer(Field.UNREAD, 0, ANY));
        }
        return frame.has(Field.SEQ) ? new Reply.Recorded(number(frame, Field.SEQ)) : new Reply.Ok();
    }

    private static Reply failed(Fields frame) {
        String name = frame.text(Field.CODE, 0, ANY);
        ErrorCode code = ErrorCode.INTERNAL;
        for (ErrorCode known : ErrorCode.values()) {
            if (known.wireName().equals(name)) {
                code = known;
            }
        }
        String message = frame.textOrNull(Field.MESSAGE, 0, ANY);
        return new Reply.Failed(new Rejection(
                code, message == null ? name : message, frame.numberOr(0, Field.RETRY_AFTER_MS, 0, NUMBER)));
    }

    private static @Nullable Event event(String type, Fields frame) {
        return switch (type) {
            case "entry" -> new Event.EntryAdded(EntryReader.tolerant(frame));
            case "read" -> new Event.Read(CommandReader.conversation(frame), user(frame), number(frame, Field.SEQ));
            case "delivered" ->
                new Event.Delivered(CommandReader.conversation(frame), user(frame), number(frame, Field.SEQ));
            case "listened" ->
                new Event.Listened(CommandReader.conversation(frame), user(frame), number(frame, Field.SEQ));
            case "typing" -> new Event.Typing(CommandReader.conversation(frame), user(frame), frame.flag(Field.ACTIVE));
            case "presence" -> new Event.Presence(ItemReader.states(frame));
            case "lagging" -> lagging(frame);
            case "bye" ->
                new Event.Bye(
                        reason(frame.text(Field.REASON, 0, ANY)),
                        frame.numberOr(0, Field.RECONNECT_AFTER_MS, 0, NUMBER),
                        frame.textOrNull(Field.URL, 0, ANY));
            default -> null;
        };
    }

    private static Event lagging(Fields frame) {
        List<ConversationId> conversations = new ArrayList<>();
        for (Object item : frame.items(Field.CONVERSATIONS, ANY)) {
            if (item instanceof String text) {
                ConversationId.parse(text).ifPresent(conversations::add);
            }
        }
        return new Event.Lagging(List.copyOf(conversations));
    }

    private static Event.Bye.Reason reason(String name) {
        for (Event.Bye.Reason reason : Event.Bye.Reason.values()) {
            if (reason.wireName().equals(name)) {
                return reason;
            }
        }
        return Event.Bye.Reason.DRAINING;
    }

    /// Objects of a list; anything else in it is left out.
    static List<Fields> objects(Fields frame, Field field) {
        List<Fields> objects = new ArrayList<>();
        for (Object item : frame.items(field, ANY)) {
            if (item instanceof Fields object) {
                objects.add(object);
            }
        }
        return objects;
    }

    private static long user(Fields frame) {
        return number(frame, Field.USER);
    }

    private static long number(Fields frame, Field field) {
        return frame.number(field, 0, NUMBER);
    }
}
