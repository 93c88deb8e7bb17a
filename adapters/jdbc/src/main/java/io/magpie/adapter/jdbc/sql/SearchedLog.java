package io.magpie.adapter.jdbc.sql;

import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What search reads of the log. A row is the number that the entry has in the order of commits. One thread, until
/// the snapshot ends.
public interface SearchedLog {
    record Row(
            long row,
            long conversation,
            long seq,
            long sender,
            long sentAt,
            @Nullable String clientId,
            Body body) {}

    /// @param kind see [Kinds#number]
    record Kinded(long row, long conversation, int kind) {}

    /// The last row.
    long last() throws SQLException;

    /// The first rows behind `after`, up to `last`, in their order.
    List<Row> following(long after, long last, int limit) throws SQLException;

    /// The last rows behind `after`, the newest first.
    List<Kinded> newest(long after, int limit) throws SQLException;

    /// Those of these rows that are there, in any order.
    List<Row> rows(Collection<Long> rows) throws SQLException;

    /// Which of these rows are there.
    Set<Long> there(Collection<Long> rows) throws SQLException;

    /// 0 if there is no such entry.
    long row(long conversation, long seq) throws SQLException;

    /// The row of the last entry with `from <= seq <= to`; 0 if there is none.
    long newest(long conversation, long from, long to) throws SQLException;

    /// Opens it at the beginning of a snapshot.
    interface Opening {
        SearchedLog of(Db db) throws SQLException;
    }

    /// The log in the table `entry`.
    static Opening table(BodyCodec codec) {
        return db -> new Table(db.sql(), db.rows(), codec);
    }

    record Table(Statements sql, LogRows places, BodyCodec codec) implements SearchedLog {
        private static final String SELECT =
                "SELECT id, conversation_id, seq, sender, sent_at, client_id, body FROM entry WHERE id ";

        @Override
        public long last() throws SQLException {
            return sql.number("SELECT max(id) FROM entry");
        }

        @Override
        public List<Row> following(long after, long last, int limit) throws SQLException {
            return sql.list(SELECT + "> ? AND id <= ? ORDER BY id LIMIT ?", this::read, after, last, limit);
        }

        @Override
        public List<Kinded> newest(long after, int limit) throws SQLException {
            return sql.list(
                    "SELECT id, conversation_id, kind FROM entry WHERE id > ? ORDER BY id DESC LIMIT ?",
                    row -> new Kinded(row.getLong(1), row.getLong(2), row.getInt(3)),
                    after,
                    limit);
        }

        @Override
        public List<Row> rows(Collection<Long> rows) throws SQLException {
            return in(SELECT, rows, this::read);
        }

        @Override
        public Set<Long> there(Collection<Long> rows) throws SQLException {
            return new HashSet<>(in("SELECT id FROM entry WHERE id ", rows, row -> row.getLong(1)));
        }

        @Override
        public long row(long conversation, long seq) throws SQLException {
            return places.row(conversation, seq);
        }

        @Override
        public long newest(long conversation, long from, long to) throws SQLException {
            return places.newest(conversation, from, to);
        }

        private <T> List<T> in(String select, Collection<Long> rows, Statements.Row<T> reader) throws SQLException {
            var read = new ArrayList<T>(rows.size());
            for (var chunk : new Chunks<>(List.copyOf(rows))) {
                var query = sql.prepare(select + "IN (" + chunk.marks() + ")");
                chunk.bind(query, 1);
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        read.add(reader.read(found));
                    }
                }
            }
            return read;
        }

        /// A clientId is a text in one database and bytes in another.
        private Row read(ResultSet row) throws SQLException {
            byte[] clientId = row.getBytes(6);
            return new Row(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    clientId == null ? null : new String(clientId, StandardCharsets.UTF_8),
                    codec.decode(row.getBytes(7)));
        }
    }
}
