package io.magpie.adapter.jdbc.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A connection as the repositories use it. One thread at a time.
///
/// @param embedded the index of an embedded log; null where the database has indexes of its own
/// @param shared whether this is a transaction beside others, so that what it decides by must be held
public record Db(
        Statements sql, ConversationKeys keys, @Nullable LogIndex embedded, boolean shared) {
    /// The rows of the log. At the beginning of a snapshot.
    LogRows rows() throws SQLException {
        return embedded == null ? new LogRows.OfDatabase(sql) : embedded.view(sql);
    }

    /// What the transaction on this connection learnt and added is true from now on.
    public void committed() {
        keys.committed();
        if (embedded != null) {
            embedded.committed();
        }
    }

    public void rolledBack() {
        keys.rolledBack();
        if (embedded != null) {
            embedded.rolledBack();
        }
    }

    /// Keeps other transactions from these rows until this one ends, and waits for those that have them. What is read
    /// next is then what they left, as if they had followed one another. A reader and an only writer need none.
    void hold(String table, Long... ids) throws SQLException {
        if (shared) {
            var chunk = new Chunks.Chunk<>(new TreeSet<>(List.of(ids)).stream().toList());
            var query = sql.prepare(
                    "SELECT id FROM " + table + " WHERE id IN (" + chunk.marks() + ") ORDER BY id FOR UPDATE");
            chunk.bind(query, 1);
            query.executeQuery().close();
        }
    }

    /// Ends a query of one table: holds the rows it finds, as [#hold].
    String holding() {
        return shared ? " FOR UPDATE" : "";
    }
}
