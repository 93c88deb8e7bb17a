package io.magpie.protocol.socketio;

import io.magpie.core.conversation.ConversationId;
import org.jspecify.annotations.Nullable;

/// The place of an entry, written `<conversation>:<seq>`.
record MessageId(ConversationId conversation, long seq) {
    static @Nullable MessageId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        var conversation = ConversationId.parse(text.substring(0, colon));
        var digits = text.substring(colon + 1);
        if (conversation.isEmpty() || !digits.matches("[0-9]{1,16}")) {
            return null;
        }
        long seq = Long.parseLong(digits);
        return seq > ConversationId.MAX_ID ? null : new MessageId(conversation.get(), seq);
    }

    @Override
    public String toString() {
        return conversation + ":" + seq;
    }
}
