package io.magpie.protocol.frame;

import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/// Builds entries and bodies from what a server sent or stored.
public final class EntryReader {
    private static final int ANY = Integer.MAX_VALUE;

    private EntryReader() {}

    /// A client holds every entry, so one whose body it cannot read is read all the same, see [ServerFrame].
    static Entry tolerant(Fields entry) {
        Body body;
        try {
            body = body(entry.object(Field.BODY), true);
        } catch (Refused _) {
            body = ServerFrame.UNKNOWN_BODY;
        }
        return new Entry(
                CommandReader.conversation(entry),
                number(entry, Field.SEQ),
                number(entry, Field.SENDER),
                number(entry, Field.SENT_AT),
                entry.textOrNull(Field.CLIENT_ID, 0, ANY),
                body);
    }

    /// @throws Refused if this version did not write it
    public static Body exact(Fields body) {
        return body(body, false);
    }

    private static Body body(Fields body, boolean tolerant) {
        String kind = body.text(Field.KIND, 0, ANY);
        return switch (kind) {
            case "message" ->
                new Body.Message(
                        content(body, tolerant),
                        optional(body, Field.REPLY_TO),
                        ContentReader.mentions(body),
                        optional(body, Field.EDITED),
                        optional(body, Field.RECALLED));
            case "recall" -> new Body.Recall(number(body, Field.TARGET));
            case "edit" -> new Body.Edit(number(body, Field.TARGET), content(body, tolerant));
            case "reaction" ->
                new Body.Reaction(number(body, Field.TARGET), body.text(Field.EMOJI, 0, ANY), body.flag(Field.ACTIVE));
            case "members" ->
                new Body.MembersChanged(
                        body.choice(Field.CHANGE, WireNames.MEMBER_CHANGE),
                        body.numbers(Field.USERS, ANY, 0, 0),
                        body.has(Field.ROLE) ? body.choice(Field.ROLE, WireNames.ROLE) : null,
                        optional(body, Field.UNTIL),
                        body.textOrNull(Field.NICKNAME, 0, ANY));
            case "group" -> group(body);
            case "notice" ->
                new Body.Notice(
                        body.choice(Field.EVENT, WireNames.NOTICE_EVENT),
                        optional(body, Field.USER),
                        optional(body, Field.GROUP),
                        optional(body, Field.REQUEST),
                        body.textOrNull(Field.MESSAGE, 0, ANY));
            default -> throw Refused.unsupported("body.kind: " + Refused.quote(kind), "a kind of this version");
        };
    }

    private static Body group(Fields body) {
        return new Body.GroupChanged(
                body.choice(Field.CHANGE, WireNames.GROUP_CHANGE),
                body.textOrNull(Field.NAME, 0, ANY),
                body.textOrNull(Field.AVATAR, 0, ANY),
                body.textOrNull(Field.ANNOUNCEMENT, 0, ANY),
                body.has(Field.JOIN_POLICY) ? body.choice(Field.JOIN_POLICY, WireNames.JOIN_POLICY) : null,
                body.has(Field.HISTORY_OPEN) ? body.flag(Field.HISTORY_OPEN) : null,
                body.has(Field.MUTED_UNTIL) ? number(body, Field.MUTED_UNTIL) : null,
                body.has(Field.OWNER) ? number(body, Field.OWNER) : null);
    }

    private static @Nullable Content content(Fields body, boolean tolerant) {
        if (!body.has(Field.CONTENT)) {
            return null;
        }
        Fields content = body.object(Field.CONTENT);
        try {
            return ContentReader.read(content);
        } catch (Refused refused) {
            if (!tolerant) {
                throw refused;
            }
            return new Content.Custom(
                    ServerFrame.UNKNOWN_CONTENT + (content.get(Field.KIND) instanceof String kind ? kind : ""), "null");
        }
    }

    private static long number(Fields fields, Field field) {
        return fields.number(field, 0, Limits.NUMBER);
    }

    private static long optional(Fields fields, Field field) {
        return fields.numberOr(0, field, 0, Limits.NUMBER);
    }
}
