package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Appender;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Spelling;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Draft;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The heads of the conversations of one batch: locked together, in the order of their keys, so that batches wait for
/// one another and never in a circle; and written together.
final class Heads {
    private final Db db;
    private final Spelling spelling;
    private final Map<ConversationId, Head> heads;

    private Heads(Db db, Spelling spelling, Map<ConversationId, Head> heads) {
        this.db = db;
        this.spelling = spelling;
        this.heads = heads;
    }

    /// Holds them until the transaction ends. What the drafts would create is there then.
    static Heads lock(Db db, Spelling spelling, List<Draft> drafts) throws SQLException {
        create(db, spelling, drafts);
        var conversations = new LinkedHashSet<ConversationId>();
        drafts.forEach(draft -> conversations.add(draft.conversation()));
        var keys = db.keys().findAll(db.sql(), conversations);
        var heads = HashMap.<ConversationId, Head>newHashMap(conversations.size());
        for (var conversation : conversations) {
            heads.put(conversation, new Head(conversation, keys.getOrDefault(conversation, 0L)));
        }
        var locked = new Heads(db, spelling, heads);
        locked.read();
        return locked;
    }

    /// Creates the conversations that the first of these drafts create, unless somebody else does. Whether a draft
    /// to none is stored can be told without looking: nobody's right to write there was ever changed. Batches that
    /// wait for one another's new rows hold no others yet, so here is no circle either.
    private static void create(Db db, Spelling spelling, List<Draft> drafts) throws SQLException {
        var unknown = new LinkedHashSet<ConversationId>();
        for (var draft : drafts) {
            if (creates(draft) && db.keys().known(draft.conversation()) == 0) {
                unknown.add(draft.conversation());
            }
        }
        unknown.removeAll(db.keys().findAll(db.sql(), unknown).keySet());
        if (unknown.isEmpty()) {
            return;
        }
        var insert = db.sql()
                .prepare(spelling.insertNew("conversation (name, last_seq, updated_at, access) VALUES (?, 0, 0, 0)"));
        // In one order, as whoever inserts the same name waits for the other one.
        for (var name :
                new TreeSet<>(unknown.stream().map(ConversationId::toString).toList())) {
            insert.setString(1, name);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    Head of(ConversationId conversation) {
        return heads.computeIfAbsent(conversation, missing -> new Head(missing, 0));
    }

    /// @param writer the incarnation of this node; an embedded database does not keep it
    void write(long writer) throws SQLException {
        boolean kept = db.embedded() == null;
        var columns = "conversation (id, name, last_seq, updated_at, access";
        var update = db.sql()
                .prepare(
                        kept
                                ? spelling.replace(
                                        columns + ", writer) VALUES (?, ?, ?, ?, ?, ?)",
                                        "id",
                                        List.of("last_seq", "updated_at", "writer"))
                                : spelling.replace(
                                        columns + ") VALUES (?, ?, ?, ?, ?)", "id", List.of("last_seq", "updated_at")));
        boolean any = false;
        for (var head : heads.values()) {
            if (head.moved) {
                update.setLong(1, head.key);
                update.setString(2, head.conversation.toString());
                update.setLong(3, head.lastSeq);
                update.setLong(4, head.updatedAt);
                update.setLong(5, head.access);
                if (kept) {
                    update.setLong(6, writer);
                }
                update.addBatch();
                any = true;
            }
        }
        if (any) {
            update.executeBatch();
        }
    }

    private static boolean creates(Draft draft) {
        return Appender.createdByFirstEntry(draft.conversation())
                && draft.access() != Draft.ONLY_REPEAT
                && !(draft.body() instanceof Body.Recall)
                && !(draft.body() instanceof Body.Edit);
    }

    private void read() throws SQLException {
        var existing = new ArrayList<Head>(heads.size());
        for (var head : heads.values()) {
            if (head.key != 0) {
                existing.add(head);
            }
        }
        if (existing.isEmpty()) {
            return;
        }
        existing.sort(Comparator.comparingLong(head -> head.key));
        var query = db.sql()
                .prepare("SELECT id, last_seq, updated_at, access, first_seq FROM conversation WHERE id IN ("
                        + Statements.marks(existing.size()) + ") ORDER BY id" + db.holding());
        int marks = Statements.rounded(existing.size());
        for (int i = 0; i < marks; i++) {
            query.setLong(i + 1, existing.get(Math.min(i, existing.size() - 1)).key);
        }
        try (ResultSet rows = query.executeQuery()) {
            for (var head : existing) {
                if (!rows.next() || rows.getLong(1) != head.key) {
                    throw new IllegalStateException("conversation: " + head.conversation + " (expected: its row)");
                }
                head.lastSeq = rows.getLong(2);
                head.updatedAt = rows.getLong(3);
                head.access = rows.getLong(4);
                head.firstSeq = rows.getLong(5);
            }
        }
    }
}
