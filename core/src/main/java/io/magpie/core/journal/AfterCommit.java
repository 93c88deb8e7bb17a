package io.magpie.core.journal;

import io.magpie.core.log.Entry;
import java.util.List;

/// Hears of every committed entry, in seq order within one call. Called on the committing thread; returns soon and
/// never throws.
public interface AfterCommit {
    void committed(List<Entry> entries);
}
