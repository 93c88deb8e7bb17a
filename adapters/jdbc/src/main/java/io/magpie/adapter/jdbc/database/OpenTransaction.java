package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.ConversationKeys;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// One transaction, from its first statement to its end. The thread that began it.
final class OpenTransaction implements Source {
    private final Faults faults;
    private final Db db;
    private final Thread owner = Thread.currentThread();
    private boolean ended;
    private @Nullable SQLException failed;

    OpenTransaction(Connection connection, Faults faults, KeyCache keys) {
        this.faults = faults;
        this.db = new Db(new Statements(connection), new ConversationKeys(keys, true), null, true);
    }

    @Override
    public <T> T run(Work<T> work) {
        if (ended || !Thread.currentThread().equals(owner)) {
            throw new IllegalStateException("transaction: ended (expected: used by its own thread, before its end)");
        }
        try {
            return work.on(db);
        } catch (SQLException e) {
            failed = e;
            throw faults.of(e);
        }
    }

    /// Each statement sees what is committed by then, and this transaction's own writes.
    @Override
    public <T> T snapshot(Work<T> work) {
        return run(work);
    }

    /// What went wrong, even if the work went on.
    @Nullable
    SQLException failed() {
        return failed;
    }

    void committed() {
        db.committed();
    }

    /// Nothing runs on it any more.
    void end() throws SQLException {
        ended = true;
        db.sql().close();
    }
}
