package io.magpie.protocol.frame;

import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.util.List;

/// Writes entries of the log, alike in pushes and in answers, and their bodies, alike on the wire and in the store.
public final class EntryWriter {
    private EntryWriter() {}

    static void write(FrameWriter out, Entry entry) {
        out.open();
        members(out, entry);
        out.close();
    }

    /// The inside of the object, for an entry that is a field of something.
    static void members(FrameWriter out, Entry entry) {
        out.text(Field.TYPE, "entry")
                .text(Field.CONVERSATION, entry.conversation().toString())
                .number(Field.SEQ, entry.seq())
                .number(Field.SENDER, entry.sender())
                .number(Field.SENT_AT, entry.sentAt())
                .textUnlessNull(Field.CLIENT_ID, entry.clientId())
                .open(Field.BODY);
        body(out, entry.body());
        out.close();
    }

    /// The inside of the body's object.
    public static void body(FrameWriter out, Body body) {
        switch (body) {
            case Body.Message message -> message(out, message);
            case Body.Recall(long target) -> out.text(Field.KIND, "recall").number(Field.TARGET, target);
            case Body.Edit(long target, var content) -> {
                out.text(Field.KIND, "edit").number(Field.TARGET, target);
                if (content != null) {
                    ContentWriter.write(out, content);
                }
            }
            case Body.Reaction(long target, String emoji, boolean active) ->
                out.text(Field.KIND, "reaction")
                        .number(Field.TARGET, target)
                        .text(Field.EMOJI, emoji)
                        .flag(Field.ACTIVE, active);
            case Body.MembersChanged members -> members(out, members);
            case Body.GroupChanged group -> group(out, group);
            case Body.Notice notice ->
                out.text(Field.KIND, "notice")
                        .text(Field.EVENT, WireNames.NOTICE_EVENT.of(notice.event()))
                        .numberUnlessZero(Field.USER, notice.user())
                        .numberUnlessZero(Field.GROUP, notice.group())
                        .numberUnlessZero(Field.REQUEST, notice.request())
                        .textUnlessNull(Field.MESSAGE, notice.text());
        }
    }

    private static void message(FrameWriter out, Body.Message message) {
        out.text(Field.KIND, "message");
        if (message.content() != null) {
            ContentWriter.write(out, message.content());
        }
        out.numberUnlessZero(Field.REPLY_TO, message.replyTo());
        ContentWriter.mentions(out, message.mentions());
        out.numberUnlessZero(Field.EDITED, message.edited()).numberUnlessZero(Field.RECALLED, message.recalled());
    }

    private static void members(FrameWriter out, Body.MembersChanged members) {
        out.text(Field.KIND, "members").text(Field.CHANGE, WireNames.MEMBER_CHANGE.of(members.change()));
        list(out, Field.USERS, members.users());
        if (members.role() != null) {
            out.text(Field.ROLE, WireNames.ROLE.of(members.role()));
        }
        out.numberUnlessZero(Field.UNTIL, members.until()).textUnlessNull(Field.NICKNAME, members.nickname());
    }

    private static void group(FrameWriter out, Body.GroupChanged group) {
        out.text(Field.KIND, "group")
                .text(Field.CHANGE, WireNames.GROUP_CHANGE.of(group.change()))
                .textUnlessNull(Field.NAME, group.name())
                .textUnlessNull(Field.AVATAR, group.avatar())
                .textUnlessNull(Field.ANNOUNCEMENT, group.announcement());
        if (group.joinPolicy() != null) {
            out.text(Field.JOIN_POLICY, WireNames.JOIN_POLICY.of(group.joinPolicy()));
        }
        if (group.historyOpen() != null) {
            out.flag(Field.HISTORY_OPEN, group.historyOpen());
        }
        if (group.mutedUntil() != null) {
            out.number(Field.MUTED_UNTIL, group.mutedUntil());
        }
        if (group.owner() != null) {
            out.number(Field.OWNER, group.owner());
        }
    }

    static void list(FrameWriter out, Field field, List<Long> numbers) {
        out.openList(field);
        for (long number : numbers) {
            out.item(number);
        }
        out.closeList();
    }
}
