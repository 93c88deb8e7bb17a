package io.magpie.adapter.jdbc.database;

import io.magpie.core.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.api.FlywayException;

/// One connection for who moves whole tables, with transactions of its own and without time-outs, to a database that
/// is migrated.
public final class DatabaseAccess implements AutoCloseable {
    /// In `meta` while an import is under way.
    static final String UNFINISHED = "importing";

    private final Dialect dialect;
    private final Connection connection;

    private DatabaseAccess(Dialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /// @throws StoreUnavailableException if the database cannot be reached or used
    public static DatabaseAccess open(DatabaseSettings settings) {
        try {
            DatabaseMigrations.run(settings);
            var properties = new Properties();
            properties.putAll(settings.dialect().properties());
            properties.remove("socketTimeout");
            if (settings.user() != null) {
                properties.put("user", settings.user());
            }
            if (settings.password() != null) {
                properties.put("password", settings.password());
            }
            var connection = DriverManager.getConnection(settings.dialect().url(settings.url()), properties);
            connection.setAutoCommit(false);
            return new DatabaseAccess(settings.dialect(), connection);
        } catch (FlywayException | SQLException e) {
            throw new StoreUnavailableException(DatabaseEngine.firstCause(e), e);
        }
    }

    public Connection connection() {
        return connection;
    }

    /// No server opens the database from now on.
    public void beginImport() throws SQLException {
        meta(dialect.insertNew("meta (name, value) VALUES (?, ?)"), UNFINISHED, "yes");
        connection.commit();
    }

    /// From now on they do.
    ///
    /// @param meta what takes the place of everything in `meta`
    public void endImport(Map<String, String> meta) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM meta");
        }
        for (var row : meta.entrySet()) {
            meta("INSERT INTO meta (name, value) VALUES (?, ?)", row.getKey(), row.getValue());
        }
        connection.commit();
    }

    /// The ids that the database gives are above `last`.
    public void numberBehind(String table, long last) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(dialect.number(table, last + 1));
        }
    }

    private void meta(String sql, String first, String second) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, first);
            statement.setString(2, second);
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
