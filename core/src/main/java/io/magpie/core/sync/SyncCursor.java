package io.magpie.core.sync;

import io.magpie.core.conversation.ConversationId;
import java.util.Optional;

/// Where a sync goes on: opaque to clients, as text `<syncedAt>:<conversation>`.
record SyncCursor(long syncedAt, ConversationId after) {
    static Optional<SyncCursor> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon > 16 || !text.chars().limit(colon).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return ConversationId.parse(text.substring(colon + 1))
                .map(after -> new SyncCursor(Long.parseLong(text.substring(0, colon)), after));
    }

    String text() {
        return syncedAt + ":" + after;
    }
}
