package io.magpie.adapter.jdbc.database;

import com.zaxxer.hikari.pool.HikariPool;
import io.magpie.adapter.jdbc.sql.Engine;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// One database in use by this node: a pool for transactions and one for reads, so that neither starves the other.
/// The keys of conversations are all that is remembered; they never change. Any thread that may block.
public final class DatabaseEngine implements Engine {
    private final Dialect dialect;
    private final Pool writing;
    private final Pool reading;
    private final Writes writes;
    private final Reads reads;
    private final String epoch;
    private volatile @Nullable String problem;

    private DatabaseEngine(DatabaseSettings settings, Pool writing, Pool reading, InstantSource clock) {
        var faults = new Faults(settings.dialect());
        var keys = new KeyCache();
        this.dialect = settings.dialect();
        this.writing = writing;
        this.reading = reading;
        this.writes = new Writes(writing, faults, keys);
        this.reads = new Reads(reading, faults, keys);
        this.epoch =
                transact(source -> source.run(db -> DatabaseMigrations.epoch(db, dialect, clock)), committed -> true);
    }

    /// Migrates the database to this version and connects to it.
    ///
    /// @throws StoreUnavailableException if it cannot be reached or used
    public static DatabaseEngine open(DatabaseSettings settings, InstantSource clock) {
        try {
            DatabaseMigrations.run(settings);
            var writing = Pool.writing(settings);
            try {
                var reading = Pool.reading(settings);
                try {
                    return new DatabaseEngine(settings, writing, reading, clock);
                } catch (RuntimeException e) {
                    reading.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                writing.close();
                throw e;
            }
        } catch (FlywayException | HikariPool.PoolInitializationException e) {
            throw new StoreUnavailableException(firstCause(e), e);
        }
    }

    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Source reads() {
        return reads;
    }

    @Override
    public <T> T transact(Function<Source, T> work, Predicate<T> commits) {
        try {
            T result = writes.transact(work, commits);
            if (problem != null) {
                problem = null;
            }
            return result;
        } catch (StoreUnavailableException e) {
            problem = e.getMessage();
            throw e;
        }
    }

    /// What keeps the database from taking writes. While something did, this tries whether it still does.
    @Override
    public Optional<String> problem() {
        if (problem != null) {
            try {
                int _ = transact(
                        source -> source.run(db -> db.sql().update("DELETE FROM meta WHERE name = ?", "probe")),
                        committed -> true);
            } catch (StoreUnavailableException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }

    /// The driver's own words; what is around them is of no use to an operator.
    static String firstCause(Throwable fault) {
        var cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
