package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.ConversationKeys;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/// Runs everything on one connection, in one transaction never committed, and notes the text of each statement.
final class RecordedStatements implements Source {
    private final Set<String> texts = new LinkedHashSet<>();
    private final Db db;

    RecordedStatements(Connection connection) {
        var recording = Proxy.newProxyInstance(
                RecordedStatements.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        texts.add(String.valueOf(arguments[0]));
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
        this.db = new Db(
                new Statements((Connection) recording),
                new ConversationKeys(new KeyCache(), true),
                new EntryIndex(EntryIndex.Sizes.DEFAULT),
                false);
    }

    Db db() {
        return db;
    }

    Set<String> texts() {
        return texts;
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
}
