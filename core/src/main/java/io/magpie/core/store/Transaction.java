package io.magpie.core.store;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Draft;
import io.magpie.core.outcome.Outcome;

/// The write side of the store within one transaction, see [Store#transact]. Not for keeping: it ends with the
/// transaction. One thread.
public interface Transaction {
    /// The write side of one feature, for example `on(Members.Edits.class)`; its reads see this transaction's own
    /// writes. Every `Edits` interface of core is there.
    <E> E on(Class<E> edits);

    /// Appends one entry as part of this transaction, with the rules of [io.magpie.core.log.EntryLog#append]. The
    /// seq is final if the transaction commits.
    AppendResult append(Draft draft, long now);

    /// Appends what the caller has already decided may be written; the value is the seq.
    default Outcome<Long> record(ConversationId conversation, long sender, Body body, long now) {
        return switch (append(new Draft(conversation, sender, null, body, Draft.UNCHECKED), now)) {
            case AppendResult.Stored stored -> Outcome.done(stored.seq());
            case AppendResult.Refused(var rejection) -> Outcome.rejected(rejection);
            case AppendResult.Stale _ -> throw new IllegalStateException("an unchecked draft cannot be stale");
        };
    }
}
