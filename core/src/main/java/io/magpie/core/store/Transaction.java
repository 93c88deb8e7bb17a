package io.magpie.core.store;

import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;

/// The write side of the store within one transaction, see [Store#transact]. Not for keeping: it ends with the
/// transaction. One thread.
public interface Transaction {
    /// The write side of one feature, for example `on(Members.Edits.class)`; its reads see this transaction's own
    /// writes. Every `Edits` interface of core is there.
    <E> E on(Class<E> edits);

    /// Appends one entry as part of this transaction, with the rules of [io.magpie.core.log.EntryLog#append]. The
    /// seq is final if the transaction commits.
    AppendResult append(Draft draft, long now);
}
