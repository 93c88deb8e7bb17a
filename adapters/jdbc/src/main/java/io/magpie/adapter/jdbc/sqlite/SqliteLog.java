package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Appends;
import io.magpie.adapter.jdbc.sql.Chunks;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.EntryRow;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.SqlLog;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Changes;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The log of an embedded store, which has an index of its own.
public final class SqliteLog extends SqlLog {
    private static final String SELECT = "SELECT " + EntryRow.COLUMNS + " FROM entry e WHERE e.id ";
    private static final String PLACED = "SELECT " + EntryRow.COLUMNS + ", e.id FROM entry e WHERE e.id ";
    private static final String MENTIONED = "SELECT EXISTS (SELECT 1 FROM mention WHERE conversation_id = ?"
            + " AND user_id IN (0, ?) AND seq > ? AND seq <= ? AND author <> ?)";

    public SqliteLog(Source source, BodyCodec codec, Appends appends) {
        super(source, codec, appends);
    }

    @Override
    public List<Entry> ascending(ConversationId conversation, long from, long to, int limit) {
        return source.snapshot(db -> {
            var view = EntryIndex.of(db).view(db.sql());
            long key = key(db, conversation);
            return read(db, conversation, view.ascending(key, Math.max(from, firstSeq(db, key)), to, limit));
        });
    }

    @Override
    public List<Entry> latest(ConversationId conversation, long from, long to, int limit) {
        return source.snapshot(db -> {
            var view = EntryIndex.of(db).view(db.sql());
            long key = key(db, conversation);
            return read(db, conversation, view.latest(key, Math.max(from, firstSeq(db, key)), to, limit));
        });
    }

    @Override
    public Optional<Entry> entry(ConversationId conversation, long seq) {
        return source.snapshot(db -> entry(db, EntryIndex.of(db).view(db.sql()), conversation, seq));
    }

    @Override
    public Map<ConversationId, Entry> entries(Map<ConversationId, Long> places) {
        if (places.isEmpty()) {
            return Map.of();
        }
        return source.snapshot(db -> {
            var view = EntryIndex.of(db).view(db.sql());
            var rows = HashMap.<Long, ConversationId>newHashMap(places.size());
            for (var key : db.keys().findAll(db.sql(), places.keySet()).entrySet()) {
                rows.put(view.row(key.getValue(), places.getOrDefault(key.getKey(), 0L)), key.getKey());
            }
            var found = HashMap.<ConversationId, Entry>newHashMap(places.size());
            for (var chunk : new Chunks<>(List.copyOf(rows.keySet()))) {
                var query = db.sql().prepare(PLACED + "IN (" + chunk.marks() + ")");
                chunk.bind(query, 1);
                try (var all = query.executeQuery()) {
                    while (all.next()) {
                        var conversation = rows.get(all.getLong(EntryRow.WIDTH + 1));
                        if (conversation != null) {
                            found.put(conversation, entryRow.read(all, conversation));
                        }
                    }
                }
            }
            return found;
        });
    }

    @Override
    public Map<ConversationId, Unread> unread(Collection<UnreadQuery> queries) {
        var counts = HashMap.<ConversationId, Unread>newHashMap(queries.size());
        queries.forEach(query -> counts.put(query.conversation(), new Unread(0, false)));
        var open = queries.stream()
                .filter(query -> query.afterSeq() < query.toSeq())
                .toList();
        return open.isEmpty()
                ? counts
                : source.snapshot(db -> {
                    var view = EntryIndex.of(db).view(db.sql());
                    var keys = db.keys()
                            .findAll(
                                    db.sql(),
                                    open.stream().map(UnreadQuery::conversation).toList());
                    var firstSeqs = firstSeqs(db, keys.values());
                    for (var query : open) {
                        long key = keys.getOrDefault(query.conversation(), 0L);
                        counts.put(query.conversation(), unread(db, view, key, firstSeqs.getOrDefault(key, 0L), query));
                    }
                    return counts;
                });
    }

    /// One process writes into an embedded store, so no row says which: it would cost every message a little.
    @Override
    public Changes changedBy(long writer, long mark, int limit) {
        return changes(mark, limit);
    }

    /// The entries in these rows of one conversation, ascending.
    private List<Entry> read(Db db, ConversationId conversation, List<Long> rows) throws SQLException {
        var entries = new ArrayList<Entry>(rows.size());
        for (var chunk : new Chunks<>(rows)) {
            var query = db.sql().prepare(SELECT + "IN (" + chunk.marks() + ")");
            chunk.bind(query, 1);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    entries.add(entryRow.read(found, conversation));
                }
            }
        }
        entries.sort(Comparator.comparingLong(Entry::seq));
        return entries;
    }

    private Optional<Entry> entry(Db db, EntryView view, ConversationId conversation, long seq) throws SQLException {
        long row = view.row(key(db, conversation), seq);
        return db.sql().first(SELECT + "= ?", found -> entryRow.read(found, conversation), row);
    }

    /// The index may still know entries before it, which are deleted.
    private static long firstSeq(Db db, long key) throws SQLException {
        return db.sql().number("SELECT first_seq FROM conversation WHERE id = ?", key);
    }

    private static Map<Long, Long> firstSeqs(Db db, Collection<Long> keys) throws SQLException {
        var firstSeqs = HashMap.<Long, Long>newHashMap(keys.size());
        for (var chunk : new Chunks<>(List.copyOf(keys))) {
            var query = db.sql().prepare("SELECT id, first_seq FROM conversation WHERE id IN (" + chunk.marks() + ")");
            chunk.bind(query, 1);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    firstSeqs.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        return firstSeqs;
    }

    private static Unread unread(Db db, EntryView view, long key, long firstSeq, UnreadQuery query)
            throws SQLException {
        int count = view.unread(key, Math.max(query.afterSeq() + 1, firstSeq), query.toSeq(), query.user());
        boolean mentioned = count > 0
                && db.sql().number(MENTIONED, key, query.user(), query.afterSeq(), query.toSeq(), query.user()) != 0;
        return new Unread(count, mentioned);
    }

    /// 0 if there is no such conversation; its places are empty.
    private static long key(Db db, ConversationId conversation) throws SQLException {
        return db.keys().find(db.sql(), conversation);
    }
}
