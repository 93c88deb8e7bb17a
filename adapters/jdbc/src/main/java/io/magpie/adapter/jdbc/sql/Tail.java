package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;

/// The end of one conversation's log while a batch is appended to it.
final class Tail {
    final ConversationId conversation;

    /// 0 while there is no such conversation.
    long key;

    long lastSeq;
    long updatedAt;
    long access;

    /// Whether something was appended.
    boolean moved;

    Tail(ConversationId conversation) {
        this.conversation = conversation;
    }
}
