package io.magpie.adapter.jdbc.sql;

import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// An opened database, until [#close]. Any thread that may block.
public interface Engine extends AutoCloseable {
    /// As [io.magpie.core.store.Store#epoch].
    String epoch();

    /// As [io.magpie.core.store.Store#problem].
    Optional<String> problem();

    /// Committed data.
    Source reads();

    /// Runs `work`, whose statements come through the source it is given, in one transaction, and commits it if
    /// `commits` says so of the result; else, or if anything is thrown, nothing of it remains. `work` may run more
    /// than once.
    ///
    /// @throws io.magpie.core.store.StoreUnavailableException if it was not committed, or nobody knows
    <T> T transact(Function<Source, T> work, Predicate<T> commits);

    /// Appends a batch, one transaction.
    default List<AppendResult> append(LogEdits log, List<Draft> batch, long now) {
        if (batch.isEmpty()) {
            return List.of();
        }
        var bodies = log.encode(batch);
        return transact(source -> source.run(db -> log.append(db, batch, bodies, now)), _ -> true);
    }

    @Override
    void close();
}
