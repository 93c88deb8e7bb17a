package io.magpie.adapter.sharding;

import io.magpie.adapter.jdbc.ShelfFixture;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.log.ShelfOpener.Shards;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Databases for shards. Those that tests share are two of one MariaDB, which is started when it is first asked for
/// and ends with the JVM.
final class Schemas {
    private static final List<String> NAMES = List.of("first", "second");
    private static @Nullable RunningEngine started;
    private static @Nullable EntryShelf open;

    private Schemas() {}

    /// Over one shelf that stays open: to open one takes longer than most tests.
    static ShelfFixture fixture() {
        return new ShelfFixture(Schemas::shelf, Schemas::empty);
    }

    static synchronized RunningEngine server() {
        if (started == null) {
            started = Engine.MARIADB.start();
        }
        return started;
    }

    private static synchronized EntryShelf shelf() {
        if (open == null) {
            open = ShardedShelf.open(of(server(), NAMES), new RecordBodyCodec());
        }
        return staysOpen(open);
    }

    private static void empty() {
        var _ = shelf();
        for (var name : NAMES) {
            execute(server(), name, "DELETE FROM entry", "DELETE FROM shard WHERE name = 'epoch'");
        }
    }

    /// The databases of these names, made if they are missing.
    static Shards of(RunningEngine server, List<String> names) {
        var urls = new ArrayList<String>();
        for (var name : names) {
            execute(server, "", "CREATE DATABASE IF NOT EXISTS " + name);
            urls.add(url(server, name));
        }
        return new Shards(urls, server.user(), server.password(), 6);
    }

    static void execute(RunningEngine server, String database, String... statements) {
        try (var connection = connect(server, database);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The number that a query answers.
    static long number(RunningEngine server, String database, String query) {
        try (var connection = connect(server, database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(RunningEngine server, String database) throws SQLException {
        return DriverManager.getConnection(url(server, database), server.user(), server.password());
    }

    private static String url(RunningEngine server, String database) {
        return server.url().replaceFirst("/magpie$", "/" + database);
    }

    /// Ends all transactions that are open, and their connections.
    static void killTransactions(RunningEngine server) {
        try (var connection = connect(server, "");
                var open = connection.createStatement();
                var kill = connection.createStatement();
                var rows = open.executeQuery("SELECT trx_mysql_thread_id FROM information_schema.innodb_trx")) {
            while (rows.next()) {
                kill.execute("KILL " + rows.getLong(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EntryShelf staysOpen(EntryShelf shelf) {
        return wrapped(
                shelf,
                (method, arguments) -> method.getName().equals("close") ? null : invoke(shelf, method, arguments));
    }

    /// The shelf, before whose methods of these names something else is done.
    static EntryShelf before(EntryShelf shelf, List<String> methods, Runnable first) {
        return wrapped(shelf, (method, arguments) -> {
            if (methods.contains(method.getName())) {
                first.run();
            }
            return invoke(shelf, method, arguments);
        });
    }

    private interface Call {
        @Nullable
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static EntryShelf wrapped(EntryShelf shelf, Call call) {
        return (EntryShelf) Proxy.newProxyInstance(
                shelf.getClass().getClassLoader(),
                new Class<?>[] {EntryShelf.class},
                (_, method, arguments) -> call.of(method, arguments));
    }

    private static @Nullable Object invoke(EntryShelf shelf, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(shelf, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
