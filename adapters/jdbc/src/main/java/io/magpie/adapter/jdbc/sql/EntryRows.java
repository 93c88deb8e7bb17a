package io.magpie.adapter.jdbc.sql;

import java.sql.SQLException;
import java.util.List;

/// Which rows of the table `entry` the entries of one snapshot are. One thread, until the snapshot ends.
interface EntryRows {
    /// 0 if there is no such entry.
    long row(long conversation, long seq) throws SQLException;

    /// The rows with `from <= seq <= to`, the last `limit` of them, latest first.
    List<Long> latest(long conversation, long from, long to, int limit) throws SQLException;

    /// Where the table has an index of its own.
    record Indexed(Statements sql) implements EntryRows {
        @Override
        public long row(long conversation, long seq) throws SQLException {
            return sql.number("SELECT id FROM entry WHERE conversation_id = ? AND seq = ?", conversation, seq);
        }

        @Override
        public List<Long> latest(long conversation, long from, long to, int limit) throws SQLException {
            return sql.list(
                    "SELECT id FROM entry WHERE conversation_id = ? AND seq >= ? AND seq <= ? ORDER BY seq DESC LIMIT ?",
                    row -> row.getLong(1),
                    conversation,
                    from,
                    to,
                    limit);
        }
    }
}
