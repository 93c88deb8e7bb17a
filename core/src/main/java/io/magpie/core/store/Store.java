package io.magpie.core.store;

import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Port: the unit of work over everything durable. The features' ports ([io.magpie.core.log.EntryLog] and the
/// repositories) read committed data; all of their writes go through [#transact], except for the log's own append.
/// Everything blocks; any thread but an event loop. Every call throws [StoreUnavailableException] when the engine
/// cannot serve it, and works again by itself once the engine can.
public interface Store {
    /// Names this history of the log. Restoring a backup changes it, and clients then sync from 0.
    String epoch();

    /// What keeps the store from writing, in words for an operator; empty if the last write that needed the disk
    /// came through. After one that did not this tries a small write, so it finds out by itself that all is well
    /// again.
    Optional<String> problem();

    /// Runs `work` in one transaction: all of it is durable when this returns `Done`, nothing of it is if `work`
    /// answers `Rejected` or throws. `work` sees its own writes and may run more than once (after a deadlock), so
    /// it has no other effect.
    <T> Committed<T> transact(Function<Transaction, Outcome<T>> work);

    /// What came of a transaction.
    ///
    /// @param entries what the transaction appended, in order; empty if it was rejected
    record Committed<T>(Outcome<T> outcome, List<Entry> entries) {}
}
