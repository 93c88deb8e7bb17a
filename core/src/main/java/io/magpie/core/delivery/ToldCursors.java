package io.magpie.core.delivery;

import io.magpie.core.cluster.Fact;
import io.magpie.core.conversation.ConversationId;
import java.util.LinkedHashMap;
import java.util.Map;

/// How far this node said each read and delivered cursor is. Nodes tell of their moves by ways of different length, so
/// an older one may come after a newer. The cursors told last are remembered, 150 bytes each. Not thread-safe.
final class ToldCursors {
    private static final int REMEMBERED = 100_000;

    private record Cursor(Fact.Cursor cursor, ConversationId conversation, long user) {}

    private final Map<Cursor, Long> told = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Cursor, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// Whether it is no step back; then it counts as told.
    boolean advance(Fact.Moved moved) {
        var cursor = new Cursor(moved.cursor(), moved.conversation(), moved.user());
        return told.merge(cursor, moved.seq(), Math::max) == moved.seq();
    }
}
