package io.magpie.adapter.sharding;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.magpie.core.log.ShelfOpener.Shards;
import io.magpie.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// One of the databases by itself: its connections, its tables, and what it remembers about itself.
final class Shard implements AutoCloseable {
    /// A transaction of the heads waits for these: together they stay below the ten seconds that it may take.
    private static final int CONNECT_MS = 3_000;

    private static final int ANSWER_MS = 4_000;
    private static final int ROW_S = 3;

    /// Less than what proxies and firewalls let a connection live.
    private static final long LIFE_MS = 10 * 60_000;

    private static final String PLACE = "place";
    private static final String EPOCH = "epoch";

    private final String url;
    private final String place;
    private final HikariDataSource pool;
    private final Sql sql;

    private Shard(String url, String place, HikariDataSource pool) {
        this.url = url;
        this.place = place;
        this.pool = pool;
        this.sql = new Sql(pool);
    }

    /// Connects, and migrates.
    ///
    /// @param index of its URL in the list
    static Shard open(Shards shards, int index) {
        String url = shards.urls().get(index);
        try {
            migrate(shards, url);
            return new Shard(
                    url,
                    "%d of %d".formatted(index + 1, shards.urls().size()),
                    new HikariDataSource(config(shards, url)));
        } catch (FlywayException | HikariPool.PoolInitializationException e) {
            throw new StoreUnavailableException("%s: %s".formatted(url, e.getMessage()), e);
        }
    }

    private static void migrate(Shards shards, String url) {
        Flyway.configure(Shard.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(driver(url), shards.user(), shards.password())
                .locations("classpath:db/magpie/shard")
                .table("shard_history")
                .load()
                .migrate();
    }

    private static HikariConfig config(Shards shards, String url) {
        var config = new HikariConfig();
        config.setPoolName("magpie-shard");
        config.setJdbcUrl(driver(url));
        config.setUsername(shards.user());
        config.setPassword(shards.password());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_MS));
        config.addDataSourceProperty("socketTimeout", String.valueOf(ANSWER_MS));
        config.setConnectionInitSql("SET SESSION innodb_lock_wait_timeout = " + ROW_S
                + ", sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'");
        // Ranges that are deleted lock no gaps into which others insert.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(shards.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MS);
        config.setValidationTimeout(CONNECT_MS);
        config.setMaxLifetime(LIFE_MS);
        config.setIdleTimeout(LIFE_MS / 2);
        return config;
    }

    private static String driver(String url) {
        return url.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:");
    }

    DataSource source() {
        return pool;
    }

    /// Which of how many it remembers to be, if it was one before.
    Optional<String> known() {
        return read(PLACE);
    }

    /// From now on it is the one that the list says.
    ///
    /// @throws StoreUnavailableException if it was another one before
    void settle() {
        write(PLACE, place);
        var is = read(PLACE).orElse("");
        if (!is.equals(place)) {
            throw wrong("%s is shard %s (expected: shard %s, from its place in the list)".formatted(url, is, place));
        }
    }

    /// That there is one which has forgotten what it is cannot be: its entries are gone, too.
    StoreUnavailableException forgotten() {
        return wrong("%s is empty (expected: shard %s, which holds entries)".formatted(url, place));
    }

    void claim(String epoch) {
        write(EPOCH, epoch);
        if (!read(EPOCH).orElse("").equals(epoch)) {
            throw wrong("%s holds the history of another store (expected: an empty database, or that of this store)"
                    .formatted(url));
        }
    }

    /// Takes `count` numbers and answers the first of them. Only the first shard gives any.
    long take(int count) {
        return sql.served(connection -> {
            try (var statement = connection.prepareStatement(
                    "UPDATE shard SET number = LAST_INSERT_ID(number + ?) WHERE name = 'number'",
                    Statement.RETURN_GENERATED_KEYS)) {
                statement.setLong(1, count);
                statement.executeUpdate();
                try (var keys = statement.getGeneratedKeys()) {
                    if (!keys.next()) {
                        throw new SQLException("no number was given");
                    }
                    return keys.getLong(1) - count + 1;
                }
            }
        });
    }

    long taken() {
        return sql.list("SELECT number FROM shard WHERE name = 'number'", row -> row.getLong(1), List.of())
                .getFirst();
    }

    private Optional<String> read(String name) {
        return sql.list("SELECT value FROM shard WHERE name = ?", row -> row.getString(1), List.of(name)).stream()
                .findFirst();
    }

    /// Whoever is first decides. Fails on a database that does not take writes.
    private void write(String name, String value) {
        int _ = sql.update("INSERT IGNORE INTO shard (name, value) VALUES (?, ?)", List.of(name, value));
    }

    private static StoreUnavailableException wrong(String why) {
        return new StoreUnavailableException(why, new IllegalStateException(why));
    }

    @Override
    public void close() {
        pool.close();
    }
}
