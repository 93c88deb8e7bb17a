package io.magpie.adapter.jdbc.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.magpie.adapter.jdbc.sql.ConversationKeys;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.LogIndex;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/// Reads, each on a connection of a small pool that cannot write. In WAL mode they neither wait for the writer nor
/// hold it up. Any thread that may block.
final class ReadPool implements Source, AutoCloseable {
    private static final int WAIT_MS = 10_000;

    private final HikariDataSource pool;
    private final KeyCache keys;
    private final @Nullable LogIndex index;

    /// Prepared statements live as long as their connection.
    private final Map<SQLiteConnection, Db> connections = new ConcurrentHashMap<>();

    /// @param index as [Db#embedded]
    ReadPool(Connections connections, KeyCache keys, @Nullable LogIndex index, int size) {
        var config = new HikariConfig();
        config.setPoolName("magpie-reads");
        config.setJdbcUrl(connections.url());
        config.setDataSourceProperties(Connections.readerProperties());
        config.setReadOnly(true);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(WAIT_MS);
        config.setMaxLifetime(0);
        config.setIdleTimeout(0);
        this.pool = new HikariDataSource(config);
        this.keys = keys;
        this.index = index;
    }

    @Override
    public <T> T run(Work<T> work) {
        try (Connection pooled = pool.getConnection()) {
            try {
                return work.on(db(pooled.unwrap(SQLiteConnection.class)));
            } catch (SQLException e) {
                connections.remove(pooled.unwrap(SQLiteConnection.class));
                pool.evictConnection(pooled);
                throw e;
            }
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    @Override
    public <T> T snapshot(Work<T> work) {
        return run(db -> {
            db.sql().prepare("BEGIN").execute();
            try {
                return work.on(db);
            } finally {
                db.sql().prepare("COMMIT").execute();
            }
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    private Db db(SQLiteConnection connection) {
        return connections.computeIfAbsent(
                connection, opened -> new Db(new Statements(opened), new ConversationKeys(keys, false), index, false));
    }
}
