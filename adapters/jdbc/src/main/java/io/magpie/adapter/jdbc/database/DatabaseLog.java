package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Chunks;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.EntryRow;
import io.magpie.adapter.jdbc.sql.Names;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Changes;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Head;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
public final class DatabaseLog implements EntryLog {
    private static final String RANGE = "SELECT " + EntryRow.COLUMNS
            + " FROM entry e WHERE e.conversation_id = ? AND e.seq >= ? AND e.seq <= ?" + " ORDER BY e.seq ";

    private static final String CHANGES = "SELECT " + EntryRow.COLUMNS + ", c.name, e.id FROM entry e"
            + " JOIN conversation c ON c.id = e.conversation_id WHERE e.id > ?";
    private static final String NEXT = " ORDER BY e.id LIMIT ?";

    private final Source source;
    private final Dialect dialect;
    private final EntryRow entryRow;
    private final Appends appends;

    /// How batches are committed.
    public interface Appends {
        List<AppendResult> append(List<Draft> batch, long now);
    }

    public DatabaseLog(Source source, Dialect dialect, BodyCodec codec, Appends appends) {
        this.source = source;
        this.dialect = dialect;
        this.entryRow = new EntryRow(codec);
        this.appends = appends;
    }

    @Override
    public List<AppendResult> append(List<Draft> batch, long now) {
        return appends.append(batch, now);
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
    public Map<ConversationId, Head> heads(Collection<ConversationId> conversations) {
        return read(conversations.size(), db -> {
            var byKey = byKey(db, conversations);
            var heads = HashMap.<ConversationId, Head>newHashMap(conversations.size());
            for (var chunk : new Chunks<>(List.copyOf(byKey.keySet()))) {
                var query = db.sql()
                        .prepare("SELECT id, first_seq, last_seq, GREATEST(updated_at, trimmed_at), access"
                                + " FROM conversation WHERE id IN (" + chunk.marks() + ")");
                chunk.bind(query, 1);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        var conversation = byKey.get(rows.getLong(1));
                        if (conversation != null) {
                            heads.put(conversation, head(rows, conversation));
                        }
                    }
                }
            }
            return heads;
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
    public long mark() {
        return source.run(db -> db.sql().number("SELECT max(id) FROM entry"));
    }

    @Override
    public Changes changes(long mark, int limit) {
        return source.run(db -> changes(db, CHANGES + NEXT, limit, mark));
    }

    @Override
    public Changes changedBy(long writer, long mark, int limit) {
        return source.run(db -> changes(db, CHANGES + " AND c.writer = ?" + NEXT, limit, mark, writer));
    }

    private Changes changes(Db db, String sql, int limit, long mark, long... more) throws SQLException {
        long last = mark;
        boolean truncated = false;
        var entries = new ArrayList<Entry>();
        var query = db.sql().prepare(sql);
        query.setLong(1, mark);
        for (int i = 0; i < more.length; i++) {
            query.setLong(2 + i, more[i]);
        }
        query.setLong(2 + more.length, limit + 1L);
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next() && !truncated) {
                truncated = entries.size() == limit;
                if (!truncated) {
                    entries.add(entryRow.read(rows, Names.conversation(rows, EntryRow.WIDTH + 1)));
                    last = rows.getLong(EntryRow.WIDTH + 2);
                }
            }
        }
        return new Changes(entries, last, truncated);
    }

    /// What fits into one statement is a snapshot anyway.
    private <T> T read(int size, Source.Work<T> work) {
        return size <= Statements.MAX_LIST ? source.run(work) : source.snapshot(work);
    }

    private static Map<Long, ConversationId> byKey(Db db, Collection<ConversationId> conversations)
            throws SQLException {
        var byKey = HashMap.<Long, ConversationId>newHashMap(conversations.size());
        db.keys().findAll(db.sql(), conversations).forEach((conversation, key) -> byKey.put(key, conversation));
        return byKey;
    }

    private List<Entry> range(Db db, String order, ConversationId conversation, long from, long to, int limit)
            throws SQLException {
        // A key of 0 is nobody's.
        long key = db.keys().find(db.sql(), conversation);
        return db.sql().list(RANGE + order, row -> entryRow.read(row, conversation), key, from, to, limit);
    }

    private static Head head(ResultSet row, ConversationId conversation) throws SQLException {
        return new Head(conversation, row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }
}
