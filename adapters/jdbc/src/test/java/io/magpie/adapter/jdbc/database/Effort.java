package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.ConversationKeys;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Runs statements on one connection, prepared as the pools do, and measures how much the database looks at for them:
/// MariaDB the rows, PostgreSQL the pages.
final class Effort implements Source {
    private static final Pattern PAGES = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

    private final Dialect dialect;
    private final Connection connection;
    private final List<String> executed = new ArrayList<>();
    private final Db db;

    Effort(Dialect dialect, Connection connection) throws SQLException {
        this.dialect = dialect;
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute(dialect.session());
        }
        this.db = new Db(
                new Statements((Connection) recording(Connection.class, connection)),
                new ConversationKeys(new KeyCache(), true),
                null,
                true);
    }

    @Override
    public <T> T run(Work<T> work) {
        try {
            return work.on(db);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> T snapshot(Work<T> work) {
        return run(work);
    }

    /// What `work` costs beyond doing nothing.
    long of(Runnable work) throws SQLException {
        return switch (dialect) {
            case MYSQL -> {
                long nothing = rows(() -> {});
                yield rows(work) - nothing;
            }
            case POSTGRESQL -> {
                executed.clear();
                work.run();
                long pages = 0;
                for (var text : List.copyOf(executed)) {
                    pages += pages(text);
                }
                yield pages;
            }
        };
    }

    private long rows(Runnable work) throws SQLException {
        long before = rowsRead();
        work.run();
        return rowsRead() - before;
    }

    private long rowsRead() throws SQLException {
        long rows = 0;
        try (var statement = connection.createStatement();
                var status = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
            while (status.next()) {
                rows += status.getLong(2);
            }
        }
        return rows;
    }

    private long pages(String text) throws SQLException {
        try (var statement = connection.createStatement();
                var plan = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS) " + text)) {
            while (plan.next()) {
                var pages = PAGES.matcher(plan.getString(1));
                if (pages.find()) {
                    return number(pages.group(1)) + number(pages.group(2));
                }
            }
        }
        return 0;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private Object recording(Class<?> type, Object target) {
        InvocationHandler handler = (_, method, arguments) -> {
            try {
                if (method.getName().equals("executeQuery")) {
                    executed.add(target.toString());
                }
                Object result = method.invoke(target, arguments);
                return result instanceof PreparedStatement ? recording(PreparedStatement.class, result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
