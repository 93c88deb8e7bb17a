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

    /// Every row touches two random pages of indexes, and each is written to the log whole and then to its place:
    /// small pages and rare checkpoints, which write a page once however often it changed, cost least. Measured per
    /// row at 200 rows a commit: 8 KiB every 16 MiB 26 µs, 4 KiB every 16 MiB 23 µs, 4 KiB every 64 MiB 19 µs; the
    /// longest commit did not grow.
    private static final int PAGE_BYTES = 4096;

    private static final int CHECKPOINT_PAGES = 16_000;
    private static final int WRITE_CACHE_KIB = 64 * 1024;
    private static final int READ_CACHE_KIB = 16 * 1024;

    /// After a long read let the log grow, it is cut back to this.
    private static final long LOG_BYTES = 96L << 20;

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

    /// A connection to a file that is left in the form it has.
    Connection plain() throws SQLException {
        return open(new SQLiteConfig());
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
