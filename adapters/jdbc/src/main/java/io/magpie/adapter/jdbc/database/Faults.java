package io.magpie.adapter.jdbc.database;

import io.magpie.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

/// What errors of the databases mean to the core.
record Faults(Dialect dialect) {
    Fault kind(SQLException e) {
        for (var next = e; next != null; next = next.getNextException()) {
            var known = dialect.known(next);
            if (known != Fault.OURS) {
                return known;
            }
            if (connection(next)) {
                return Fault.UNAVAILABLE;
            }
        }
        return Fault.OURS;
    }

    RuntimeException of(SQLException e) {
        return switch (kind(e)) {
            case AGAIN, UNAVAILABLE -> new StoreUnavailableException("store: " + e.getMessage(), e);
            case TAKEN, OURS -> new IllegalStateException("store: " + e.getMessage(), e);
        };
    }

    /// A pool that is closed, or hands out a connection that has broken, tells no state.
    private static boolean connection(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || state.startsWith("08")
                || e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException;
    }
}
