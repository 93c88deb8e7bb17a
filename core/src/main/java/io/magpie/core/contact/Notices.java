package io.magpie.core.contact;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Transaction;

/// Tells a user something in the feed `n.<user>`, within the transaction that makes it true: so it arrives live, by
/// sync, or not at all with the rest.
public final class Notices {
    private static final long SERVER = 0;

    private Notices() {}

    public static Outcome<Long> tell(Transaction tx, long user, Body.Notice notice, long now) {
        return tx.record(ConversationId.notices(user), SERVER, notice, now);
    }
}
