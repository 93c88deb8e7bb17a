package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.LogRows;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.log.Unread;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// Where the entries of one snapshot are: the newest of a conversation in memory, those before in the tables. One
/// thread, until the snapshot ends.
///
/// @param lastRow entries behind it are not part of the snapshot
record EntryView(Statements sql, Generation active, Generation frozen, long lastRow) implements LogRows {
    private static final String RANGE = "SELECT entry_id FROM entry_place WHERE place BETWEEN ? AND ? ORDER BY place ";
    private static final String COUNT = "SELECT count(*) FROM (SELECT 1 FROM entry_place WHERE place BETWEEN ? AND ?"
            + " AND author <> 0 AND author <> ? LIMIT ?) AS live";

    @Override
    public long row(long conversation, long seq) throws SQLException {
        for (var generation : List.of(active, frozen)) {
            long row = generation.row(conversation, seq);
            if (row != 0) {
                return row <= lastRow ? row : 0;
            }
        }
        return sql.number("SELECT entry_id FROM entry_place WHERE place = ?", EntryIndex.place(conversation, seq));
    }

    @Override
    public long newest(long conversation, long from, long to) throws SQLException {
        var rows = latest(conversation, from, to, 1);
        return rows.isEmpty() ? 0 : rows.getFirst();
    }

    /// The rows with `from <= seq <= to`, the first `limit` of them, in order.
    List<Long> ascending(long conversation, long from, long to, int limit) throws SQLException {
        var rows = new ArrayList<>(stored(conversation, from, Math.min(to, lastStored(conversation)), limit, "ASC"));
        rows.addAll(frozen.rows(conversation, from, to, limit - rows.size(), true, lastRow));
        rows.addAll(active.rows(conversation, from, to, limit - rows.size(), true, lastRow));
        return rows;
    }

    /// The rows with `from <= seq <= to`, the last `limit` of them, latest first.
    List<Long> latest(long conversation, long from, long to, int limit) throws SQLException {
        var rows = active.rows(conversation, from, to, limit, false, lastRow);
        rows.addAll(frozen.rows(conversation, from, to, limit - rows.size(), false, lastRow));
        long end = Math.min(to, lastStored(conversation));
        rows.addAll(stored(conversation, from, end, limit - rows.size(), "DESC"));
        return rows;
    }

    /// How many entries with `from <= seq <= to` count as unread for `reader`, up to [Unread#CAP].
    int unread(long conversation, long from, long to, long reader) throws SQLException {
        LongPredicate counts = author -> author != 0 && author != reader;
        int count = active.count(conversation, from, to, Unread.CAP, counts, lastRow);
        count += frozen.count(conversation, from, to, Unread.CAP - count, counts, lastRow);
        long end = Math.min(to, lastStored(conversation));
        if (count == Unread.CAP || from > end) {
            return count;
        }
        long first = EntryIndex.place(conversation, from);
        return count + (int) sql.number(COUNT, first, EntryIndex.place(conversation, end), reader, Unread.CAP - count);
    }

    private List<Long> stored(long conversation, long from, long to, int limit, String direction) throws SQLException {
        if (from > to || limit <= 0) {
            return List.of();
        }
        return sql.list(
                RANGE + direction + " LIMIT ?",
                row -> row.getLong(1),
                EntryIndex.place(conversation, from),
                EntryIndex.place(conversation, to),
                limit);
    }

    /// The last seq that only the tables know. Behind it everything is in memory.
    private long lastStored(long conversation) {
        return Math.min(active.firstSeq(conversation), frozen.firstSeq(conversation)) - 1;
    }
}
