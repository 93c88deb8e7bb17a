package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Changes;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Head;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the logs have in common: all that no index of entries is needed for. Appending is the engine's.
public abstract class SqlLog implements EntryLog {
    private static final String CHANGES = "SELECT " + EntryRow.COLUMNS + ", c.name, e.id FROM entry e"
            + " JOIN conversation c ON c.id = e.conversation_id WHERE e.id > ?";

    protected final Source source;
    protected final EntryRow entryRow;
    private final Appends appends;

    protected SqlLog(Source source, BodyCodec codec, Appends appends) {
        this.source = source;
        this.entryRow = new EntryRow(codec);
        this.appends = appends;
    }

    @Override
    public final List<AppendResult> append(List<Draft> batch, long now) {
        return appends.append(batch, now);
    }

    @Override
    public final Map<ConversationId, Head> heads(Collection<ConversationId> conversations) {
        return read(conversations.size(), db -> {
            var byKey = byKey(db, conversations);
            var heads = HashMap.<ConversationId, Head>newHashMap(conversations.size());
            for (var keys : new Chunks<>(List.copyOf(byKey.keySet()))) {
                var query = db.sql()
                        .prepare("SELECT id, first_seq, last_seq, updated_at, trimmed_at, access"
                                + " FROM conversation WHERE id IN (" + keys.marks() + ")");
                keys.bind(query, 1);
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

    private static Head head(ResultSet row, ConversationId conversation) throws SQLException {
        return new Head(
                conversation, row.getLong(2), row.getLong(3), Math.max(row.getLong(4), row.getLong(5)), row.getLong(6));
    }

    @Override
    public final long mark() {
        return source.run(db -> db.sql().number("SELECT max(id) FROM entry"));
    }

    @Override
    public final Changes changes(long mark, int limit) {
        return changes("", limit, mark);
    }

    /// @param more conditions, whose values follow the mark
    protected final Changes changes(String more, int limit, long... markAndMore) {
        return source.run(db -> {
            var query = db.sql().prepare(CHANGES + more + " ORDER BY e.id LIMIT ?");
            int next = 1;
            for (long value : markAndMore) {
                query.setLong(next++, value);
            }
            query.setLong(next, limit + 1L);
            long last = markAndMore[0];
            boolean truncated = false;
            var entries = new ArrayList<Entry>();
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
        });
    }

    /// What fits into one statement is a snapshot anyway.
    protected final <T> T read(int size, Source.Work<T> work) {
        return size <= Statements.MAX_LIST ? source.run(work) : source.snapshot(work);
    }

    protected static Map<Long, ConversationId> byKey(Db db, Collection<ConversationId> conversations)
            throws SQLException {
        var byKey = HashMap.<Long, ConversationId>newHashMap(conversations.size());
        db.keys().findAll(db.sql(), conversations).forEach((conversation, key) -> byKey.put(key, conversation));
        return byKey;
    }
}
