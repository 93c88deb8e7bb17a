package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Draft;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The end of one conversation's log while a batch is appended to it.
public final class Tail {
    public final ConversationId conversation;

    /// 0 while there is no such conversation.
    public long key;

    public long lastSeq;
    public long updatedAt;
    public long access;

    /// Whether something was appended.
    public boolean moved;

    public Tail(ConversationId conversation) {
        this.conversation = conversation;
    }

    /// Whether the right to write this draft was looked up too long ago, or not at all.
    public boolean stale(Draft draft) {
        return draft.access() == Draft.ONLY_REPEAT || (draft.access() != Draft.UNCHECKED && draft.access() < access);
    }

    /// Reads those that exist, and holds them as [Db#hold] does: in the order of their keys, so that batches wait for
    /// one another and never in a circle.
    public static void read(Db db, Collection<Tail> tails) throws SQLException {
        var existing = tails.stream()
                .filter(tail -> tail.key != 0)
                .sorted(Comparator.comparingLong(tail -> tail.key))
                .toList();
        if (!existing.isEmpty()) {
            readAll(db, existing);
        }
    }

    private static void readAll(Db db, List<Tail> tails) throws SQLException {
        var query = db.sql()
                .prepare("SELECT id, last_seq, updated_at, access FROM conversation WHERE id IN ("
                        + Statements.marks(tails.size()) + ") ORDER BY id" + db.holding());
        int marks = Statements.rounded(tails.size());
        for (int i = 0; i < marks; i++) {
            query.setLong(i + 1, tails.get(Math.min(i, tails.size() - 1)).key);
        }
        try (ResultSet rows = query.executeQuery()) {
            for (var tail : tails) {
                if (!rows.next() || rows.getLong(1) != tail.key) {
                    throw new IllegalStateException("conversation: " + tail.conversation + " (expected: its row)");
                }
                tail.lastSeq = rows.getLong(2);
                tail.updatedAt = rows.getLong(3);
                tail.access = rows.getLong(4);
            }
        }
    }
}
