package io.magpie.adapter.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The prepared statements of one connection, each prepared once. Texts of statements are constants, or differ only
/// in the length of a list rounded by [#marks], so their number is bounded. One thread at a time.
public final class Statements implements AutoCloseable {
    /// The most values one list in a statement takes.
    public static final int MAX_LIST = 512;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    public Statements(Connection connection) {
        this.connection = connection;
    }

    /// Reads one row at the cursor.
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Takes one row at the cursor.
    public interface Visitor {
        void visit(ResultSet row) throws SQLException;
    }

    public PreparedStatement prepare(String sql) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    /// Shows each row to `visitor`.
    public void each(String sql, Visitor visitor, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            while (rows.next()) {
                visitor.visit(rows);
            }
        }
    }

    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
        var found = new ArrayList<T>();
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            while (rows.next()) {
                found.add(row.read(rows));
            }
        }
        return found;
    }

    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    /// The number in the only row, 1 for what is true; 0 if there is none.
    public long number(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            if (!rows.next()) {
                return 0;
            }
            return rows.getObject(1) instanceof Boolean truth ? (truth ? 1 : 0) : rows.getLong(1);
        }
    }

    /// How many rows changed.
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    /// Inserts one row and answers its new id.
    public long insert(String sql, @Nullable Object... arguments) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql, new String[] {"id"});
            prepared.put(sql, statement);
        }
        bind(statement, arguments);
        statement.executeUpdate();
        try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
        }
    }

    /// Forgets all statements. Called after an error: the driver leaves a statement that failed unusable.
    public void reset() throws SQLException {
        for (var statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }

    @Override
    public void close() throws SQLException {
        reset();
    }

    /// Place holders for a list of `size` values, rounded up to a power of two; the rest repeats the last value.
    public static String marks(int size) {
        return "?,".repeat(rounded(size) - 1) + "?";
    }

    public static int rounded(int size) {
        return size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        var statement = prepare(sql);
        bind(statement, arguments);
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object value = arguments[i] instanceof Boolean flag ? Integer.valueOf(flag ? 1 : 0) : arguments[i];
            statement.setObject(i + 1, value);
        }
    }
}
