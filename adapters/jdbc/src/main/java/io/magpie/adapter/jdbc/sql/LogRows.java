package io.magpie.adapter.jdbc.sql;

import java.sql.SQLException;

/// The rows of the log by their places, in one snapshot. One thread, until the snapshot ends.
public interface LogRows {
    /// 0 if there is no such entry.
    long row(long conversation, long seq) throws SQLException;

    /// The row of the last entry with `from <= seq <= to`; 0 if there is none.
    long newest(long conversation, long from, long to) throws SQLException;

    /// Where the database has an index of its own.
    record OfDatabase(Statements sql) implements LogRows {
        @Override
        public long row(long conversation, long seq) throws SQLException {
            return sql.number("SELECT id FROM entry WHERE conversation_id = ? AND seq = ?", conversation, seq);
        }

        @Override
        public long newest(long conversation, long from, long to) throws SQLException {
            return sql.number(
                    "SELECT id FROM entry WHERE conversation_id = ? AND seq >= ? AND seq <= ? ORDER BY seq DESC LIMIT 1",
                    conversation,
                    from,
                    to);
        }
    }
}
