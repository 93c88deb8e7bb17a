package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.ConversationKeys;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The only connection that writes. One transaction at a time, in the order they asked; a connection that broke is
/// opened again by the next transaction. Any thread that may block.
final class Writer implements Source, AutoCloseable {
    private static final long WAIT_SECONDS = 30;
    private static final String BEGIN = "BEGIN IMMEDIATE";
    private static final String ROLLBACK = "ROLLBACK";

    private final Connections connections;
    private final KeyCache cache;
    private final EntryIndex index;
    private final ReentrantLock lock = new ReentrantLock(true);

    /// The rest is guarded by the lock.
    private @Nullable Connection connection;

    private @Nullable Db db;
    private @Nullable SQLException failed;

    Writer(Connections connections, KeyCache cache, EntryIndex index) throws SQLException {
        this.connections = connections;
        this.cache = cache;
        this.index = index;
        open();
    }

    /// As [io.magpie.adapter.jdbc.sql.Engine#transact].
    ///
    /// @throws StoreUnavailableException if SQLite could not do it, or too many were waiting
    <T> T transact(Function<Source, T> work, Predicate<T> commits) {
        acquire();
        failed = null;
        boolean ended = false;
        try {
            var current = db == null ? open() : db;
            current.sql().prepare(BEGIN).execute();
            T result = work.apply(this);
            if (failed != null) {
                throw failed;
            }
            if (commits.test(result)) {
                current.sql().prepare("COMMIT").execute();
                current.committed();
            } else {
                current.sql().prepare(ROLLBACK).execute();
                current.rolledBack();
            }
            ended = true;
            return result;
        } catch (SQLException e) {
            failed = e;
            throw Faults.of(e);
        } finally {
            if (!ended) {
                rollback();
            }
            lock.unlock();
        }
    }

    @Override
    public <T> T run(Work<T> work) {
        var current = db;
        if (!lock.isHeldByCurrentThread() || current == null) {
            throw new IllegalStateException("transaction: ended (expected: used by its own thread, before its end)");
        }
        try {
            return work.on(current);
        } catch (SQLException e) {
            failed = e;
            throw Faults.of(e);
        }
    }

    /// Inside a transaction everything is one snapshot.
    @Override
    public <T> T snapshot(Work<T> work) {
        return run(work);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (connection != null) {
                Connections.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
        } catch (SQLException _) {
            // The log is kept then, and read at the next start.
        } finally {
            discard();
            lock.unlock();
        }
    }

    private void acquire() {
        try {
            if (lock.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            throw unavailable(new TimeoutException("waited " + WAIT_SECONDS + " s for the writer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static StoreUnavailableException unavailable(Exception e) {
        return new StoreUnavailableException("store: " + e.getMessage(), e);
    }

    private Db open() throws SQLException {
        var opened = connections.writer();
        var fresh = new Db(new Statements(opened), new ConversationKeys(cache, true), index, false);
        index.load(fresh.sql());
        connection = opened;
        db = fresh;
        return fresh;
    }

    /// After an error. A connection whose state is not certain then is not used again.
    private void rollback() {
        var broken = connection;
        var current = db;
        if (broken == null || current == null) {
            return;
        }
        current.rolledBack();
        if (failed != null && Faults.breaksConnection(failed)) {
            discard();
            return;
        }
        try {
            current.sql().reset();
            Connections.execute(broken, ROLLBACK);
        } catch (SQLException e) {
            if (!Faults.noTransaction(e)) {
                discard();
            }
        }
    }

    private void discard() {
        var broken = connection;
        connection = null;
        db = null;
        try {
            if (broken != null) {
                broken.close();
            }
        } catch (SQLException _) {
            // It is not used any more, whatever state it is in.
        }
    }
}
