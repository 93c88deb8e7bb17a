package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.FileUses;
import io.magpie.adapter.jdbc.sql.Names;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of the log is over. No index knows the time: the entry at a conversation's `first_seq` tells whether the
/// conversation has old ones, and its entries are in the order of their time.
public final class DatabaseOldEntries implements OldEntries.Edits {
    private final Source source;

    public DatabaseOldEntries(Source source) {
        this.source = source;
    }

    private record Oldest(ConversationId conversation, boolean over) {}

    private record Old(long id, long seq, long sentAt) {}

    @Override
    public Page before(long time, @Nullable ConversationId after, int scan) {
        return source.run(db -> {
            var looked = db.sql()
                    .list(
                            "SELECT c.name, e.sent_at FROM conversation c LEFT JOIN entry e"
                                    + " ON e.conversation_id = c.id AND e.seq = c.first_seq"
                                    + " WHERE c.id > ? ORDER BY c.id LIMIT ?",
                            row -> {
                                long sentAt = row.getLong(2);
                                boolean over = !row.wasNull() && sentAt < time;
                                return new Oldest(Names.conversation(row, 1), over);
                            },
                            after == null ? 0 : db.keys().find(db.sql(), after),
                            scan);
            return new Page(
                    looked.stream()
                            .filter(Oldest::over)
                            .map(Oldest::conversation)
                            .toList(),
                    looked.size() < scan ? null : looked.getLast().conversation());
        });
    }

    @Override
    public int delete(ConversationId conversation, long time, int limit, long now) {
        return source.run(db -> delete(db, db.keys().find(db.sql(), conversation), time, limit, now));
    }

    private static int delete(Db db, long key, long time, int limit, long now) throws SQLException {
        var sql = db.sql();
        long from = sql.number("SELECT first_seq FROM conversation WHERE id = ? FOR UPDATE", key);
        // The log's newest row stays: it is the mark.
        long newest = sql.number("SELECT max(id) FROM entry");
        List<Old> over = sql
                .list(
                        "SELECT id, seq, sent_at FROM entry WHERE conversation_id = ? AND seq >= ? ORDER BY seq"
                                + " LIMIT ?",
                        row -> new Old(row.getLong(1), row.getLong(2), row.getLong(3)),
                        key,
                        from,
                        limit)
                .stream()
                .takeWhile(entry -> entry.sentAt() < time && entry.id() != newest)
                .toList();
        if (over.isEmpty()) {
            return 0;
        }
        long to = over.getLast().seq() + 1;
        sql.update("DELETE FROM mention WHERE conversation_id = ? AND seq < ?", key, to);
        FileUses.endBefore(sql, key, to);
        sql.update("DELETE FROM entry WHERE conversation_id = ? AND seq < ?", key, to);
        sql.update("UPDATE conversation SET first_seq = ?, trimmed_at = ? WHERE id = ?", to, now, key);
        return over.size();
    }
}
