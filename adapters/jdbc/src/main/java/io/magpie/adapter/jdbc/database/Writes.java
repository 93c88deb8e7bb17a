package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/// Transactions beside those of other threads and nodes. One that was in the way of another is begun anew. Any thread
/// that may block.
final class Writes {
    private static final int ATTEMPTS = 8;

    /// Keys that are taken again and again are no coincidence.
    private static final int ATTEMPTS_TAKEN = 3;

    private static final long PAUSE_MS = 5;

    private final Pool pool;
    private final Faults faults;
    private final KeyCache keys;

    Writes(Pool pool, Faults faults, KeyCache keys) {
        this.pool = pool;
        this.faults = faults;
        this.keys = keys;
    }

    /// As [io.magpie.adapter.jdbc.sql.Engine#transact].
    <T> T transact(Function<Source, T> work, Predicate<T> commits) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Timeouts.ANSWER_MS);
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work, commits);
            } catch (SQLException e) {
                if (!again(faults.kind(e), attempt) || System.nanoTime() > until) {
                    throw faults.of(e);
                }
                pause(attempt, e);
            }
        }
    }

    private <T> T once(Function<Source, T> work, Predicate<T> commits) throws SQLException {
        try (Connection connection = pool.take()) {
            var transaction = new OpenTransaction(connection, faults, keys);
            boolean done = false;
            try {
                T result = work.apply(transaction);
                check(transaction);
                transaction.end();
                if (commits.test(result)) {
                    connection.commit();
                    transaction.committed();
                    done = true;
                }
                return result;
            } catch (SQLException e) {
                dropBroken(connection, e);
                throw e;
            } catch (RuntimeException e) {
                var failed = transaction.failed();
                if (failed == null) {
                    throw e;
                }
                dropBroken(connection, failed);
                throw failed;
            } finally {
                if (!done) {
                    rollback(connection, transaction);
                }
            }
        }
    }

    private static void check(OpenTransaction transaction) throws SQLException {
        var failed = transaction.failed();
        if (failed != null) {
            throw failed;
        }
    }

    private void dropBroken(Connection connection, SQLException e) {
        if (faults.kind(e) == Fault.UNAVAILABLE) {
            pool.drop(connection);
        }
    }

    private void rollback(Connection connection, OpenTransaction transaction) {
        try {
            transaction.end();
            connection.rollback();
        } catch (SQLException _) {
            // It ends with its connection.
            pool.drop(connection);
        }
    }

    private static boolean again(Fault fault, int attempt) {
        return switch (fault) {
            case AGAIN -> attempt < ATTEMPTS;
            case TAKEN -> attempt < ATTEMPTS_TAKEN;
            case UNAVAILABLE, OURS -> false;
        };
    }

    /// A different one for each, so that they do not meet again.
    private static void pause(int attempt, SQLException why) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MS << Math.min(attempt, 5)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("store: interrupted", why);
        }
    }
}
