package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Appends;
import io.magpie.adapter.jdbc.sql.Chunks;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.EntryRow;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.SqlLog;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Changes;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The log in a database that many nodes write. Each read is one statement, or one snapshot where there is too much
/// for one.
///
/// **Marks.** An entry's number is given before its commit, so among several writers a smaller number may appear
/// after a larger one, at most the length of a commit later. Whoever goes from mark to mark reads a little twice,
/// as the reconciler does.
public final class DatabaseLog extends SqlLog {
    private static final String RANGE = "SELECT " + EntryRow.COLUMNS
            + " FROM entry e WHERE e.conversation_id = ? AND e.seq >= ? AND e.seq <= ?" + " ORDER BY e.seq ";

    private final Dialect dialect;

    public DatabaseLog(Source source, Dialect dialect, BodyCodec codec, Appends appends) {
        super(source, codec, appends);
        this.dialect = dialect;
    }

    @Override
    public List<Entry> ascending(ConversationId conversation, long from, long to, int limit) {
        return source.run(db -> range(db, "ASC LIMIT ?", conversation, from, to, limit));
    }

    @Override
    public List<Entry> latest(ConversationId conversation, long from, long to, int limit) {
        return source.run(
                db -> range(db, "DESC LIMIT ?", conversation, from, to, limit).reversed());
    }

    @Override
    public Optional<Entry> entry(ConversationId conversation, long seq) {
        return ascending(conversation, seq, seq, 1).stream().findFirst();
    }

    @Override
    public Map<ConversationId, Entry> entries(Map<ConversationId, Long> places) {
        return read(places.size(), db -> {
            var byKey = byKey(db, places.keySet());
            var found = HashMap.<ConversationId, Entry>newHashMap(places.size());
            for (var chunk : new Chunks<>(List.copyOf(byKey.keySet()))) {
                var keys = chunk.values();
                var query = db.sql()
                        .prepare(dialect.find(
                                EntryRow.COLUMNS + ", conversation_id",
                                "entry e",
                                List.of("conversation_id", "seq"),
                                keys.size()));
                for (int i = 0; i < Statements.rounded(keys.size()); i++) {
                    long key = keys.get(Math.min(i, keys.size() - 1));
                    query.setLong(1 + 2 * i, key);
                    query.setLong(2 + 2 * i, places.getOrDefault(byKey.get(key), 0L));
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        var conversation = byKey.get(rows.getLong(EntryRow.WIDTH + 1));
                        if (conversation != null) {
                            found.put(conversation, entryRow.read(rows, conversation));
                        }
                    }
                }
            }
            return found;
        });
    }

    @Override
    public Map<ConversationId, Unread> unread(Collection<UnreadQuery> queries) {
        return read(queries.size() * Statements.MAX_LIST / UnreadCounts.MOST, db -> {
            var byKey =
                    byKey(db, queries.stream().map(UnreadQuery::conversation).toList());
            return UnreadCounts.of(db, byKey, queries);
        });
    }

    @Override
    public Changes changedBy(long writer, long mark, int limit) {
        return changes(" AND c.writer = ?", limit, mark, writer);
    }

    private List<Entry> range(Db db, String order, ConversationId conversation, long from, long to, int limit)
            throws SQLException {
        // A key of 0 is nobody's.
        long key = db.keys().find(db.sql(), conversation);
        return db.sql().list(RANGE + order, row -> entryRow.read(row, conversation), key, from, to, limit);
    }
}
