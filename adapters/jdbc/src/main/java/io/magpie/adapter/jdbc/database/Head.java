package io.magpie.adapter.jdbc.database;

import io.magpie.core.conversation.ConversationId;

/// The end of one conversation's log, whose row this transaction holds.
final class Head {
    final ConversationId conversation;

    /// 0 if there is no such conversation.
    final long key;

    /// Of what is kept.
    long firstSeq;
    long lastSeq;
    long updatedAt;
    long access;

    /// Whether something was appended.
    boolean moved;

    Head(ConversationId conversation, long key) {
        this.conversation = conversation;
        this.key = key;
    }
}
