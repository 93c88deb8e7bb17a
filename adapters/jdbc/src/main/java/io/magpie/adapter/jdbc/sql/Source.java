package io.magpie.adapter.jdbc.sql;

import java.sql.SQLException;

/// Where a repository's statements run: each call on a read connection of its own, or all of them on the connection
/// of one transaction.
public interface Source {
    /// Runs `work` on one connection. Calls do not nest.
    ///
    /// @throws io.magpie.core.store.StoreUnavailableException if the engine cannot serve it
    <T> T run(Work<T> work);

    /// As [#run], and all statements of `work` see the same committed state.
    <T> T snapshot(Work<T> work);

    /// Statements in a row, on one thread.
    interface Work<T> {
        T on(Db db) throws SQLException;
    }
}
