package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.LogEdits;
import io.magpie.adapter.jdbc.sql.Tail;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Draft;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The heads of the conversations of one batch: locked together, in the order of their keys, so that batches wait for
/// one another and never in a circle; and written together.
final class Heads {
    private final Db db;
    private final Dialect dialect;
    private final Map<ConversationId, Tail> heads;

    private Heads(Db db, Dialect dialect, Map<ConversationId, Tail> heads) {
        this.db = db;
        this.dialect = dialect;
        this.heads = heads;
    }

    /// Holds them until the transaction ends. What the drafts would create is there then.
    static Heads lock(Db db, Dialect dialect, List<Draft> drafts) throws SQLException {
        create(db, dialect, drafts);
        var conversations = new LinkedHashSet<ConversationId>();
        drafts.forEach(draft -> conversations.add(draft.conversation()));
        var keys = db.keys().findAll(db.sql(), conversations);
        var heads = HashMap.<ConversationId, Tail>newHashMap(conversations.size());
        for (var conversation : conversations) {
            var tail = new Tail(conversation);
            tail.key = keys.getOrDefault(conversation, 0L);
            heads.put(conversation, tail);
        }
        Tail.read(db, heads.values());
        return new Heads(db, dialect, heads);
    }

    /// Creates the conversations that the first of these drafts create, unless somebody else does. Whether a draft
    /// to none is stored can be told without looking: nobody's right to write there was ever changed. Batches that
    /// wait for one another's new rows hold no others yet, so here is no circle either.
    private static void create(Db db, Dialect dialect, List<Draft> drafts) throws SQLException {
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
                .prepare(dialect.insertNew("conversation (name, last_seq, updated_at, access) VALUES (?, 0, 0, 0)"));
        // In one order, as whoever inserts the same name waits for the other one.
        for (var name :
                new TreeSet<>(unknown.stream().map(ConversationId::toString).toList())) {
            insert.setString(1, name);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    Tail of(ConversationId conversation) {
        return heads.computeIfAbsent(conversation, Tail::new);
    }

    /// @param writer the incarnation of this node
    void write(long writer) throws SQLException {
        var update = db.sql()
                .prepare(dialect.replace(
                        "conversation (id, name, last_seq, updated_at, access, writer) VALUES (?, ?, ?, ?, ?, ?)",
                        "id",
                        List.of("last_seq", "updated_at", "writer")));
        boolean any = false;
        for (var tail : heads.values()) {
            if (tail.moved) {
                update.setLong(1, tail.key);
                update.setString(2, tail.conversation.toString());
                update.setLong(3, tail.lastSeq);
                update.setLong(4, tail.updatedAt);
                update.setLong(5, tail.access);
                update.setLong(6, writer);
                update.addBatch();
                any = true;
            }
        }
        if (any) {
            update.executeBatch();
        }
    }

    private static boolean creates(Draft draft) {
        return LogEdits.createdByFirstEntry(draft.conversation())
                && draft.access() != Draft.ONLY_REPEAT
                && !(draft.body() instanceof Body.Recall)
                && !(draft.body() instanceof Body.Edit);
    }
}
