package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.ConversationKeys;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;

/// Reads of committed data. One that finds its connection broken is tried once more on another: reading twice does
/// no harm. Any thread that may block.
final class Reads implements Source {
    private final Pool pool;
    private final Faults faults;
    private final KeyCache keys;

    Reads(Pool pool, Faults faults, KeyCache keys) {
        this.pool = pool;
        this.faults = faults;
        this.keys = keys;
    }

    @Override
    public <T> T run(Work<T> work) {
        return twice(connection -> on(connection, work));
    }

    @Override
    public <T> T snapshot(Work<T> work) {
        return twice(connection -> {
            connection.setAutoCommit(false);
            T result = on(connection, work);
            connection.commit();
            return result;
        });
    }

    private interface Attempt<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T twice(Attempt<T> attempt) {
        try {
            try {
                return once(attempt);
            } catch (BrokenException _) {
                return once(attempt);
            }
        } catch (BrokenException e) {
            throw faults.of(e.error);
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }

    /// The pool resets what a work changed of the connection.
    private <T> T once(Attempt<T> attempt) throws SQLException, BrokenException {
        try (Connection connection = pool.take()) {
            try {
                return attempt.on(connection);
            } catch (SQLException e) {
                if (faults.kind(e) == Fault.OURS) {
                    throw e;
                }
                pool.drop(connection);
                throw new BrokenException(e);
            }
        }
    }

    private <T> T on(Connection connection, Work<T> work) throws SQLException {
        try (var sql = new Statements(connection)) {
            return work.on(new Db(sql, new ConversationKeys(keys, false), null, false));
        }
    }

    private static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        private final SQLException error;

        BrokenException(SQLException error) {
            super(error);
            this.error = error;
        }
    }
}
