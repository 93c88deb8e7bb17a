package io.magpie.adapter.jdbc.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// Opens connections to one database file. All of them are in the driver's auto-commit mode: transactions are begun
/// and ended by statements, because the driver's own way begins the next one at each commit.
final class Connections {
    private static final int BUSY_MS = 10_000;

    /// Measured: 8 KiB pages and a checkpoint every 16 MiB cost least per row and kept the longest commit short.
    private static final int PAGE_BYTES = 8192;

    private static final int CHECKPOINT_PAGES = 2000;
    private static final int WRITE_CACHE_KIB = 64 * 1024;
    private static final int READ_CACHE_KIB = 16 * 1024;

    /// After a long read let the log grow, it is cut back to this.
    private static final long LOG_BYTES = 64L << 20;

    private final String url;

    Connections(Path database) {
        this.url = JDBC.PREFIX + database.toAbsolutePath();
    }

    String url() {
        return url;
    }

    /// Creates the file if there is none.
    Connection writer() throws SQLException {
        var connection = open(new SQLiteConfig());
        try {
            execute(connection, "PRAGMA page_size = " + PAGE_BYTES);
            execute(connection, "PRAGMA journal_mode = WAL");
            execute(connection, "PRAGMA synchronous = FULL");
            execute(connection, "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            execute(connection, "PRAGMA journal_size_limit = " + LOG_BYTES);
            execute(connection, "PRAGMA cache_size = -" + WRITE_CACHE_KIB);
            execute(connection, "PRAGMA temp_store = MEMORY");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// A connection that cannot write.
    Connection reader() throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        return open(config);
    }

    static Properties readerProperties() {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MS);
        config.setCacheSize(-READ_CACHE_KIB);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return config.toProperties();
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection open(SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(BUSY_MS);
        return JDBC.createConnection(url, config.toProperties());
    }
}
