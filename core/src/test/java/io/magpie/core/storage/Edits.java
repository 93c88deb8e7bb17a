package io.magpie.core.storage;

import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Transaction;
import java.util.function.Consumer;

/// What tests write.
public final class Edits {
    private Edits() {}

    /// Runs `work` in a transaction that commits.
    public static void in(Storage storage, Consumer<Transaction> work) {
        storage.store().transact(transaction -> {
            work.accept(transaction);
            return Outcome.done(true);
        });
    }
}
