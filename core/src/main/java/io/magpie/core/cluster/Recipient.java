package io.magpie.core.cluster;

import io.magpie.core.conversation.ConversationId;
import java.util.List;

/// Whom a fact is for. This node is never among them.
public sealed interface Recipient {
    /// The nodes of whoever sees the conversation.
    ///
    /// @param also users who see this one fact of it besides, as those who just went or come
    record Of(ConversationId conversation, List<Long> also) implements Recipient {
        public Of {
            also = List.copyOf(also);
        }

        public Of(ConversationId conversation) {
            this(conversation, List.of());
        }
    }

    /// The nodes that hold sessions of the user.
    record User(long user) implements Recipient {}

    record OneNode(String node) implements Recipient {}

    record EveryNode() implements Recipient {}
}
