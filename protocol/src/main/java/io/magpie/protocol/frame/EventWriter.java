package io.magpie.protocol.frame;

import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;

/// Writes what the server pushes.
final class EventWriter {
    private EventWriter() {}

    static byte[] write(FrameWriter out, Event event) {
        out.open();
        switch (event) {
            case Event.EntryAdded(Entry entry) -> EntryWriter.members(out, entry);
            case Event.Read(ConversationId conversation, long user, long seq) ->
                cursor(out, "read", conversation, user, seq);
            case Event.Delivered(ConversationId conversation, long user, long seq) ->
                cursor(out, "delivered", conversation, user, seq);
            case Event.Listened(ConversationId conversation, long user, long seq) ->
                cursor(out, "listened", conversation, user, seq);
            case Event.Typing(ConversationId conversation, long user, boolean active) ->
                out.text(Field.TYPE, "typing")
                        .text(Field.CONVERSATION, conversation.toString())
                        .number(Field.USER, user)
                        .flag(Field.ACTIVE, active);
            case Event.Presence(var states) -> ReplyWriter.states(out.text(Field.TYPE, "presence"), states);
            case Event.Lagging(var conversations) -> {
                out.text(Field.TYPE, "lagging");
                if (!conversations.isEmpty()) {
                    out.openList(Field.CONVERSATIONS);
                    conversations.forEach(conversation -> out.item(conversation.toString()));
                    out.closeList();
                }
            }
            case Event.Bye(Event.Bye.Reason reason, long reconnectAfterMs, var url) ->
                out.text(Field.TYPE, "bye")
                        .text(Field.REASON, reason.wireName())
                        .numberUnlessZero(Field.RECONNECT_AFTER_MS, reconnectAfterMs)
                        .textUnlessNull(Field.URL, url);
        }
        return out.close().bytes();
    }

    private static void cursor(FrameWriter out, String type, ConversationId conversation, long user, long seq) {
        out.text(Field.TYPE, type)
                .text(Field.CONVERSATION, conversation.toString())
                .number(Field.USER, user)
                .number(Field.SEQ, seq);
    }
}
