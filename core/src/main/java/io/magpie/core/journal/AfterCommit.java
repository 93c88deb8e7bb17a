package io.magpie.core.journal;

import io.magpie.core.log.Entry;
import java.util.List;

/// Delivery, as the journal sees it. Called on the committing thread, after the commit; returns soon and never
/// throws.
public interface AfterCommit {
    /// Entries of one transaction, in order.
    void committed(List<Entry> entries);

    /// One group commit, in order. Calls every posting's receipt.
    void settled(List<Settled> batch);
}
