package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Chunks;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.FileUses;
import io.magpie.adapter.jdbc.sql.Names;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of the log is over. No index knows the time: the entry at a conversation's `first_seq` tells whether the
/// conversation has old ones, and its entries are in the order of their time.
public final class SqliteOldEntries implements OldEntries.Edits {
    private final Source source;
    private final BodyCodec codec;

    public SqliteOldEntries(Source source, BodyCodec codec) {
        this.source = source;
        this.codec = codec;
    }

    private record Place(ConversationId conversation, long key, long firstSeq) {}

    private record Old(
            long row,
            long seq,
            long sentAt,
            long sender,
            @Nullable String clientId) {}

    @Override
    public Page before(long time, @Nullable ConversationId after, int scan) {
        return source.snapshot(db -> {
            var view = EntryIndex.of(db).view(db.sql());
            var places = db.sql()
                    .list(
                            "SELECT name, id, first_seq FROM conversation WHERE id > ? ORDER BY id LIMIT ?",
                            row -> new Place(Names.conversation(row, 1), row.getLong(2), row.getLong(3)),
                            after == null ? 0 : db.keys().find(db.sql(), after),
                            scan);
            var found = new ArrayList<ConversationId>();
            for (var place : places) {
                long row = view.row(place.key(), place.firstSeq());
                if (row != 0 && db.sql().number("SELECT sent_at < ? FROM entry WHERE id = ?", time, row) != 0) {
                    found.add(place.conversation());
                }
            }
            return new Page(
                    found, places.size() < scan ? null : places.getLast().conversation());
        });
    }

    @Override
    public int delete(ConversationId conversation, long time, int limit, long now) {
        return source.run(db -> delete(db, db.keys().find(db.sql(), conversation), time, limit, now));
    }

    private int delete(Db db, long key, long time, int limit, long now) throws SQLException {
        var sql = db.sql();
        long from = sql.number("SELECT first_seq FROM conversation WHERE id = ?", key);
        // The log's newest row stays: marks are row numbers, and after a restart the number would be given again.
        long newest = sql.number("SELECT max(id) FROM entry");
        var over = oldest(db, key, from, limit).stream()
                .takeWhile(entry -> entry.sentAt() < time && entry.row() != newest)
                .toList();
        if (over.isEmpty()) {
            return 0;
        }
        forgetMentions(sql, key, over);
        var repeats = new HashMap<Long, Long>();
        var delete = sql.prepare("DELETE FROM entry WHERE id = ?");
        for (var entry : over) {
            if (entry.clientId() != null) {
                repeats.put(
                        entry.row(), EntryIndex.repeat(key, EntryIndex.of(db).code(entry.sender(), entry.clientId())));
            }
            delete.setLong(1, entry.row());
            delete.addBatch();
        }
        delete.executeBatch();
        long to = over.getLast().seq() + 1;
        EntryIndex.of(db).forget(sql, key, to, repeats);
        FileUses.endBefore(sql, key, to);
        sql.update("UPDATE conversation SET first_seq = ?, trimmed_at = ? WHERE id = ?", to, now, key);
        return over.size();
    }

    private static List<Old> oldest(Db db, long key, long from, int limit) throws SQLException {
        var rows = EntryIndex.of(db).writing(db.sql()).ascending(key, from, Long.MAX_VALUE, limit);
        var oldest = new ArrayList<Old>(rows.size());
        for (var chunk : new Chunks<>(rows)) {
            var query = db.sql()
                    .prepare("SELECT id, seq, sent_at, sender, client_id FROM entry WHERE id IN (" + chunk.marks()
                            + ")");
            chunk.bind(query, 1);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    oldest.add(new Old(
                            found.getLong(1),
                            found.getLong(2),
                            found.getLong(3),
                            found.getLong(4),
                            found.getString(5)));
                }
            }
        }
        oldest.sort(Comparator.comparingLong(Old::seq));
        return oldest;
    }

    /// One by one, as the mentions of a conversation are in the order of the users.
    private void forgetMentions(Statements sql, long key, List<Old> over) throws SQLException {
        if (sql.number("SELECT EXISTS (SELECT 1 FROM mention WHERE conversation_id = ?)", key) == 0) {
            return;
        }
        for (var entry : over) {
            var body =
                    sql.first("SELECT body FROM entry WHERE id = ?", row -> codec.decode(row.getBytes(1)), entry.row());
            for (long user : body.map(SqliteOldEntries::mentioned).orElse(List.of())) {
                sql.update(
                        "DELETE FROM mention WHERE conversation_id = ? AND user_id = ? AND seq = ?",
                        key,
                        user,
                        entry.seq());
            }
        }
    }

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
