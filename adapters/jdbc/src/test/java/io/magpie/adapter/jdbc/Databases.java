package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The database servers of this JVM's tests, each started when it is first asked for; they end with the JVM.
public final class Databases {
    private static final Map<Dialect, RunningEngine> STARTED = new EnumMap<>(Dialect.class);
    private static final Map<Dialect, DatabaseSettings> SHARED = new EnumMap<>(Dialect.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Databases() {}

    static synchronized RunningEngine server(Dialect dialect) {
        return STARTED.computeIfAbsent(dialect, Databases::start);
    }

    static RunningEngine start(Dialect dialect) {
        return switch (dialect) {
            case MYSQL -> Engine.MARIADB.start();
            case POSTGRESQL -> Engine.POSTGRESQL.start();
        };
    }

    /// A database of its own.
    public static DatabaseSettings create(Dialect dialect) {
        return create(dialect, server(dialect));
    }

    /// For what a node can make again; deleted with the JVM.
    static Path folder() {
        try {
            var folder = Files.createTempDirectory("magpie-node");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DatabaseSettings create(Dialect dialect, RunningEngine server) {
        String name = "test" + NUMBER.incrementAndGet();
        execute(server.url(), server, "CREATE DATABASE " + name);
        return new DatabaseSettings(
                dialect, server.url().replaceFirst("/magpie$", "/" + name), server.user(), server.password(), 4, 8);
    }

    /// One database for all tests that ask for it, one after the other: making one takes longer than most tests.
    static synchronized DatabaseSettings shared(Dialect dialect) {
        return SHARED.computeIfAbsent(dialect, Databases::create);
    }

    /// Leaves the tables, and what a store has from its beginning. Emptying each at once as databases offer it would
    /// make new files.
    static void empty(DatabaseSettings settings) {
        try (var connection = connect(settings);
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var found = statement.executeQuery("SELECT table_name FROM information_schema.tables WHERE "
                    + "table_schema IN (DATABASE_NAME, 'public') AND table_type = 'BASE TABLE'"
                            .replace("DATABASE_NAME", "'" + name(settings) + "'"))) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            tables.removeAll(List.of("meta", "schema_history"));
            connection.setAutoCommit(false);
            for (var table : tables) {
                statement.executeUpdate("DELETE FROM " + table);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(DatabaseSettings settings) {
        return settings.url().substring(settings.url().lastIndexOf('/') + 1);
    }

    public static Connection connect(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    private static void execute(String url, RunningEngine server, String sql) {
        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
