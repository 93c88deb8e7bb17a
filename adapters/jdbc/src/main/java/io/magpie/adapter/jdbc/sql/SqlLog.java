package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Changes;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Head;
import io.magpie.core.log.Listed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the logs have in common: all that no index of entries is needed for. Appending is the engine's.
public abstract class SqlLog implements EntryLog {
    private static final String HEAD = "c.first_seq, c.last_seq, c.updated_at, c.trimmed_at, c.access";
    private static final String LISTED = "SELECT " + MemberRow.COLUMNS + ", " + HEAD + ", c.name FROM member m"
            + " JOIN conversation c ON c.id = m.conversation_id WHERE m.user_id = ? AND m.conversation_id > ?"
            + " AND (m.updated_at > ? OR c.updated_at > ? OR c.trimmed_at > ?) ORDER BY m.conversation_id LIMIT ?";
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
                        .prepare("SELECT c.id, " + HEAD + " FROM conversation c WHERE c.id IN (" + keys.marks() + ")");
                keys.bind(query, 1);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        var conversation = byKey.get(rows.getLong(1));
                        if (conversation != null) {
                            heads.put(conversation, head(rows, 2, conversation));
                        }
                    }
                }
            }
            return heads;
        });
    }

    @Override
    public final List<Listed> changed(long user, long since, @Nullable ConversationId after, int limit) {
        return source.run(db -> db.sql()
                .list(
                        LISTED,
                        SqlLog::listed,
                        user,
                        after == null ? 0 : db.keys().find(db.sql(), after),
                        since,
                        since,
                        since,
                        limit));
    }

    private static Listed listed(ResultSet row) throws SQLException {
        var conversation = Names.conversation(row, MemberRow.WIDTH + 6);
        return new Listed(MemberRow.read(row, 1, conversation), head(row, MemberRow.WIDTH + 1, conversation));
    }

    /// Reads [#HEAD] from column `first` on.
    private static Head head(ResultSet row, int first, ConversationId conversation) throws SQLException {
        return new Head(
                conversation,
                row.getLong(first),
                row.getLong(first + 1),
                Math.max(row.getLong(first + 2), row.getLong(first + 3)),
                row.getLong(first + 4));
    }

    @Override
    public long mark() {
        return source.run(db -> db.sql().number("SELECT max(id) FROM entry"));
    }

    @Override
    public Changes changes(long mark, int limit) {
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
