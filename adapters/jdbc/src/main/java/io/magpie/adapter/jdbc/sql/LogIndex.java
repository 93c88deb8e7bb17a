package io.magpie.adapter.jdbc.sql;

import java.sql.SQLException;

/// The index of a log that its database keeps none of. Follows the transactions of the connection that writes.
public interface LogIndex {
    /// What a snapshot that is just beginning on this connection sees.
    LogRows view(Statements sql) throws SQLException;

    void committed();

    void rolledBack();
}
