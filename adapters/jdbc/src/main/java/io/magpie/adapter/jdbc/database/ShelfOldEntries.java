package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.FileUses;
import io.magpie.adapter.jdbc.sql.Names;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.EntryShelf.Kept;
import io.magpie.core.log.OldEntries;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of a log on a shelf is over. Entries are deleted by a head that begins behind them; after the commit they are
/// removed.
final class ShelfOldEntries implements OldEntries.Edits {
    private final Source source;
    private final EntryShelf shelf;
    private final Settling settling;

    ShelfOldEntries(Source source, EntryShelf shelf, Settling settling) {
        this.source = source;
        this.shelf = shelf;
        this.settling = settling;
    }

    private record Looked(long key, ConversationId conversation, long first, long last) {
        EntryShelf.Place oldest() {
            return new EntryShelf.Place(key, first);
        }
    }

    @Override
    public Page before(long time, @Nullable ConversationId after, int scan) {
        var looked = source.run(db -> db.sql()
                .list(
                        "SELECT id, name, first_seq, last_seq FROM conversation WHERE id > ? ORDER BY id LIMIT ?",
                        row -> new Looked(row.getLong(1), Names.conversation(row, 2), row.getLong(3), row.getLong(4)),
                        after == null ? 0 : db.keys().find(db.sql(), after),
                        scan));
        var over =
                shelf
                        .at(looked.stream()
                                .filter(one -> one.first() <= one.last())
                                .map(Looked::oldest)
                                .toList())
                        .stream()
                        .filter(kept -> kept.sentAt() < time)
                        .map(Kept::conversation)
                        .collect(Collectors.toSet());
        return new Page(
                looked.stream()
                        .filter(one -> over.contains(one.key()))
                        .map(Looked::conversation)
                        .toList(),
                looked.size() < scan ? null : looked.getLast().conversation());
    }

    @Override
    public int delete(ConversationId conversation, long time, int limit, long now) {
        return source.run(db -> delete(db, db.keys().find(db.sql(), conversation), time, limit, now));
    }

    private int delete(Db db, long key, long time, int limit, long now) throws SQLException {
        var sql = db.sql();
        var held = sql.first(
                "SELECT first_seq, last_seq FROM conversation WHERE id = ?" + db.holding(),
                row -> List.of(row.getLong(1), row.getLong(2)),
                key);
        if (held.isEmpty()) {
            return 0;
        }
        settling.noteDeleted(key);
        long first = held.get().getFirst();
        long last = held.get().getLast();
        var over = shelf.range(key, first, Math.min(last, first + limit - 1)).stream()
                .takeWhile(kept -> kept.sentAt() < time)
                .toList();
        if (over.isEmpty()) {
            return 0;
        }
        long to = over.getLast().seq() + 1;
        sql.update("DELETE FROM mention WHERE conversation_id = ? AND seq < ?", key, to);
        FileUses.endBefore(sql, key, to);
        sql.update("UPDATE conversation SET first_seq = ?, trimmed_at = ? WHERE id = ?", to, now, key);
        return over.size();
    }
}
