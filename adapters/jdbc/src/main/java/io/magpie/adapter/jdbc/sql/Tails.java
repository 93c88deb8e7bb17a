package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Draft;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tails of the conversations of one batch: read together, in the order of their keys, and written together.
final class Tails {
    private static final Comparator<Tail> BY_KEY = Comparator.comparingLong(tail -> tail.key);

    private final Db db;
    private final Map<ConversationId, Tail> byConversation;

    private Tails(Db db, Map<ConversationId, Tail> byConversation) {
        this.db = db;
        this.byConversation = byConversation;
    }

    static Tails read(Db db, List<Draft> drafts) throws SQLException {
        var tails = HashMap.<ConversationId, Tail>newHashMap(drafts.size());
        var unknown = new ArrayList<ConversationId>();
        for (var draft : drafts) {
            if (!tails.containsKey(draft.conversation())) {
                var tail = new Tail(draft.conversation());
                tail.key = db.keys().known(tail.conversation);
                if (tail.key == 0) {
                    unknown.add(tail.conversation);
                }
                tails.put(tail.conversation, tail);
            }
        }
        var found = new Tails(db, tails);
        if (!unknown.isEmpty()) {
            db.keys().findAll(db.sql(), unknown).forEach((conversation, key) -> found.of(conversation).key = key);
        }
        found.readHeads();
        return found;
    }

    Tail of(ConversationId conversation) {
        return byConversation.computeIfAbsent(conversation, Tail::new);
    }

    void write() throws SQLException {
        PreparedStatement update = null;
        for (var tail : byConversation.values()) {
            if (tail.moved) {
                update = db.sql().prepare("UPDATE conversation SET last_seq = ?, updated_at = ? WHERE id = ?");
                update.setLong(1, tail.lastSeq);
                update.setLong(2, tail.updatedAt);
                update.setLong(3, tail.key);
                update.addBatch();
            }
        }
        if (update != null) {
            update.executeBatch();
        }
    }

    private void readHeads() throws SQLException {
        var existing = new ArrayList<Tail>(byConversation.size());
        for (var tail : byConversation.values()) {
            if (tail.key != 0) {
                existing.add(tail);
            }
        }
        existing.sort(BY_KEY);
        for (int from = 0; from < existing.size(); from += Statements.MAX_LIST) {
            readHeads(existing.subList(from, Math.min(existing.size(), from + Statements.MAX_LIST)));
        }
    }

    private void readHeads(List<Tail> tails) throws SQLException {
        int marks = Statements.rounded(tails.size());
        var query = db.sql()
                .prepare("SELECT id, last_seq, updated_at, access FROM conversation WHERE id IN ("
                        + Statements.marks(tails.size()) + ") ORDER BY id");
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
