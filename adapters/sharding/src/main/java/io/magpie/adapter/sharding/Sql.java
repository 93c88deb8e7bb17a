package io.magpie.adapter.sharding;

import io.magpie.core.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Statements, each committed by itself, through one data source. Texts are constants or differ only in the length
/// of a list rounded to a power of two, so ShardingSphere parses each of them once. Any thread that may block.
final class Sql {
    private static final int ATTEMPTS = 5;

    private final DataSource source;

    Sql(DataSource source) {
        this.source = source;
    }

    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Again if other statements were in the way.
    ///
    /// ShardingSphere looks for its parts, when it first needs them, with the class loader of the thread. That is
    /// the server's, which does not know them.
    <T> T run(Work<T> work) throws SQLException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(Sql.class.getClassLoader());
        try {
            for (int attempt = 1; ; attempt++) {
                try (var connection = source.getConnection()) {
                    return work.with(connection);
                } catch (SQLException e) {
                    if (attempt == ATTEMPTS || !Faults.again(e)) {
                        throw e;
                    }
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    <T> List<T> list(String sql, Row<T> row, List<? extends @Nullable Object> values) {
        return served(connection -> {
            try (var statement = prepare(connection, sql, values);
                    var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        });
    }

    /// How many rows the condition holds for, changed or not.
    int update(String sql, List<? extends @Nullable Object> values) {
        return served(connection -> {
            try (var statement = prepare(connection, sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    <T> T served(Work<T> work) {
        try {
            return run(work);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    static StoreUnavailableException unavailable(SQLException e) {
        return new StoreUnavailableException("sharding: " + e.getMessage(), e);
    }

    static PreparedStatement prepare(Connection connection, String sql, List<? extends @Nullable Object> values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        int index = 1;
        for (var value : values) {
            statement.setObject(index++, value);
        }
        return statement;
    }

    /// Place holders for a list that was [#padded].
    static String marks(int size, String one) {
        return String.join(", ", Collections.nCopies(rounded(size), one));
    }

    /// The list, its last element repeated until the length is a power of two.
    static <T> List<T> padded(List<T> list) {
        var all = new ArrayList<>(list);
        all.addAll(Collections.nCopies(rounded(list.size()) - list.size(), list.getLast()));
        return all;
    }

    private static int rounded(int size) {
        return size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }
}
