package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks up the integer keys of conversations on one connection. On a writing connection what was found may be
/// uncommitted, so it stays here until [#committed]. One thread at a time.
public final class ConversationKeys {
    private final KeyCache cache;
    private final boolean writing;
    private final Map<ConversationId, Long> uncommitted = new HashMap<>();

    public ConversationKeys(KeyCache cache, boolean writing) {
        this.cache = cache;
        this.writing = writing;
    }

    public void committed() {
        uncommitted.forEach(cache::put);
        uncommitted.clear();
    }

    public void rolledBack() {
        uncommitted.clear();
    }

    /// 0 if there is no such conversation.
    public long find(Statements sql, ConversationId conversation) throws SQLException {
        long key = known(conversation);
        if (key == 0) {
            key = sql.number("SELECT id FROM conversation WHERE name = ?", conversation.toString());
            if (key != 0) {
                learn(conversation, key);
            }
        }
        return key;
    }

    /// The keys of those that exist.
    public Map<ConversationId, Long> findAll(Statements sql, Collection<ConversationId> conversations)
            throws SQLException {
        var keys = HashMap.<ConversationId, Long>newHashMap(conversations.size());
        var unknown = new HashMap<String, ConversationId>();
        for (var conversation : conversations) {
            long key = known(conversation);
            if (key == 0) {
                unknown.put(conversation.toString(), conversation);
            } else {
                keys.put(conversation, key);
            }
        }
        for (var names : new Chunks<>(List.copyOf(unknown.keySet()))) {
            var query = sql.prepare("SELECT name, id FROM conversation WHERE name IN (" + names.marks() + ")");
            names.bind(query, 1);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    var conversation = unknown.get(rows.getString(1));
                    if (conversation != null) {
                        learn(conversation, rows.getLong(2));
                        keys.put(conversation, rows.getLong(2));
                    }
                }
            }
        }
        return keys;
    }

    /// The key of a conversation that is created if it does not exist yet.
    long findOrCreate(Statements sql, ConversationId conversation) throws SQLException {
        long key = find(sql, conversation);
        return key != 0 ? key : create(sql, conversation);
    }

    public long create(Statements sql, ConversationId conversation) throws SQLException {
        long key = sql.insert(
                "INSERT INTO conversation (name, last_seq, updated_at, access) VALUES (?, 0, 0, 0)",
                conversation.toString());
        learn(conversation, key);
        return key;
    }

    /// Makes every permission granted so far stale.
    static void advanceAccess(Statements sql, long key) throws SQLException {
        sql.update("UPDATE conversation SET access = access + 1 WHERE id = ?", key);
    }

    public long known(ConversationId conversation) {
        long key = cache.get(conversation);
        return key == 0 && writing ? uncommitted.getOrDefault(conversation, 0L) : key;
    }

    private void learn(ConversationId conversation, long key) {
        if (writing) {
            uncommitted.put(conversation, key);
        } else {
            cache.put(conversation, key);
        }
    }
}
