package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of the log is over. No index knows the time: the entry at a conversation's `first_seq` tells whether the
/// conversation has old ones, and its entries are in the order of their time.
public final class SqlOldEntries implements OldEntries.Edits {
    private static final String LOOK = "SELECT c.name, coalesce((SELECT e.sent_at FROM entry e"
            + " WHERE e.conversation_id = c.id AND e.seq = c.first_seq), " + Long.MAX_VALUE + ") FROM conversation c"
            + " WHERE c.id > ? ORDER BY c.id LIMIT ?";

    private final Source source;
    private final BodyCodec codec;

    public SqlOldEntries(Source source, BodyCodec codec) {
        this.source = source;
        this.codec = codec;
    }

    private record Seen(ConversationId conversation, boolean old) {}

    private record Kept(long row, long seq, long sentAt) {}

    @Override
    public Page before(long time, @Nullable ConversationId after, int scan) {
        var seen = source.run(db -> db.sql()
                .list(
                        LOOK,
                        row -> new Seen(Names.conversation(row, 1), row.getLong(2) < time),
                        after == null ? 0 : db.keys().find(db.sql(), after),
                        scan));
        return new Page(
                seen.stream().filter(Seen::old).map(Seen::conversation).toList(),
                seen.size() < scan ? null : seen.getLast().conversation());
    }

    @Override
    public int delete(ConversationId conversation, long time, int limit, long now) {
        return source.run(db -> delete(db.sql(), db.keys().find(db.sql(), conversation), time, limit, now));
    }

    private int delete(Statements sql, long key, long time, int limit, long now) throws SQLException {
        long from = sql.number("SELECT first_seq FROM conversation WHERE id = ?", key);
        // The log's newest row stays: marks are row numbers, and SQLite would give the number to another one.
        long newest = sql.number("SELECT max(id) FROM entry");
        var oldest = sql.list(
                "SELECT id, seq, sent_at FROM entry WHERE conversation_id = ? AND seq >= ? ORDER BY seq LIMIT ?",
                row -> new Kept(row.getLong(1), row.getLong(2), row.getLong(3)),
                key,
                from,
                limit);
        var over = oldest.stream()
                .takeWhile(entry -> entry.sentAt() < time && entry.row() != newest)
                .toList();
        if (over.isEmpty()) {
            return 0;
        }
        long to = over.getLast().seq() + 1;
        forgetMentions(sql, key, from, to);
        sql.update("DELETE FROM entry WHERE conversation_id = ? AND seq >= ? AND seq < ?", key, from, to);
        sql.update("UPDATE conversation SET first_seq = ?, trimmed_at = ? WHERE id = ?", to, now, key);
        return over.size();
    }

    /// Row by row, as the mentions of a conversation are in the order of the users.
    private void forgetMentions(Statements sql, long key, long from, long to) throws SQLException {
        if (sql.number("SELECT EXISTS (SELECT 1 FROM mention WHERE conversation_id = ?)", key) == 0) {
            return;
        }
        var messages = sql.list(
                "SELECT seq, body FROM entry WHERE conversation_id = ? AND seq >= ? AND seq < ? AND kind = ?",
                row -> new Mentioning(row.getLong(1), mentioned(codec.decode(row.getBytes(2)))),
                key,
                from,
                to,
                Kinds.MESSAGE);
        for (var message : messages) {
            for (long user : message.users()) {
                sql.update(
                        "DELETE FROM mention WHERE conversation_id = ? AND user_id = ? AND seq = ?",
                        key,
                        user,
                        message.seq());
            }
        }
    }

    private record Mentioning(long seq, List<Long> users) {}

    private static List<Long> mentioned(Body body) {
        if (!(body instanceof Body.Message message) || message.mentions().isEmpty()) {
            return List.of();
        }
        var users = new ArrayList<>(message.mentions().users());
        if (message.mentions().all()) {
            users.add(0L);
        }
        return users;
    }
}
