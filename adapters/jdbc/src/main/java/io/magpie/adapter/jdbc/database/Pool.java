package io.magpie.adapter.jdbc.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/// So many connections and no more; broken ones are replaced, and whoever needs one waits for
/// [Timeouts#CONNECT_MS] at most. Any thread that may block.
final class Pool implements AutoCloseable {
    /// Less than what proxies and firewalls let a connection live.
    private static final long LIFE_MS = 10 * 60_000;

    private final HikariDataSource source;

    private Pool(HikariDataSource source) {
        this.source = source;
    }

    /// Connections of transactions: each statement sees what is committed by then.
    static Pool writing(DatabaseSettings settings) {
        var config = config(settings, "magpie-writes", settings.writers());
        config.setAutoCommit(false);
        // Else what prepares a connection would be part of the first transaction, and end with it.
        config.setIsolateInternalQueries(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new Pool(new HikariDataSource(config));
    }

    /// Connections that cannot write: a statement is a snapshot, and a transaction is one as well.
    static Pool reading(DatabaseSettings settings) {
        var config = config(settings, "magpie-reads", settings.readers());
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return new Pool(new HikariDataSource(config));
    }

    Connection take() throws SQLException {
        return source.getConnection();
    }

    /// The connection is not handed out again.
    void drop(Connection connection) {
        source.evictConnection(connection);
    }

    @Override
    public void close() {
        source.close();
    }

    private static HikariConfig config(DatabaseSettings settings, String name, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.dialect().url(settings.url()));
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        settings.dialect().properties().forEach(config::addDataSourceProperty);
        config.setConnectionInitSql(settings.dialect().session());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Timeouts.CONNECT_MS);
        config.setValidationTimeout(Timeouts.CONNECT_MS);
        config.setMaxLifetime(LIFE_MS);
        return config;
    }
}
