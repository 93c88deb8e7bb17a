package io.magpie.core.search;

import java.util.concurrent.atomic.LongAdder;

/// What search has done since the start. Any thread.
public final class SearchStats {
    final LongAdder searches = new LongAdder();
    final LongAdder indexed = new LongAdder();
    private volatile long behind;

    public long searches() {
        return searches.sum();
    }

    /// Entries of the log that the index has dealt with.
    public long indexed() {
        return indexed.sum();
    }

    /// Entries of the log that the index had not dealt with yet at its last step.
    public long behind() {
        return behind;
    }

    void behind(long entries) {
        behind = entries;
    }
}
