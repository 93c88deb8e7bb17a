package io.magpie.core.journal;

import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Store;
import io.magpie.core.store.Transaction;
import java.util.function.Function;

/// The one way to write: what is committed here is delivered afterwards, never before.
public final class Journal {
    private final Store store;
    private final AfterCommit afterCommit;
    private final SharedTransactions shared = new SharedTransactions(this);

    public Journal(Store store, AfterCommit afterCommit) {
        this.store = store;
        this.afterCommit = afterCommit;
    }

    /// Runs `work` as [Store#transact] does and hands what it appended to delivery. Blocks.
    public <T> Outcome<T> transact(Function<Transaction, Outcome<T>> work) {
        var committed = store.transact(work);
        if (!committed.entries().isEmpty()) {
            afterCommit.committed(committed.entries());
        }
        return committed.outcome();
    }

    /// Runs `work`, which cannot be rejected, in a transaction that it shares with what other threads bring at the
    /// same time: a thousand of them cost a few commits. Durable when this returns; a neighbour that fails does no
    /// harm. `work` may run more than once. Blocks.
    public <T> T share(Function<Transaction, T> work) {
        return shared.run(work);
    }
}
