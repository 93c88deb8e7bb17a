package io.magpie.core.journal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What the group commit did since the start. Any thread.
public final class JournalStats {
    final LongAdder commits = new LongAdder();
    final LongAdder drafts = new LongAdder();
    final LongAdder commitNanos = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder overloads = new LongAdder();
    final AtomicLong waitingBytes = new AtomicLong();

    public long commits() {
        return commits.sum();
    }

    /// Drafts in all commits; divided by [#commits] it is the mean batch size.
    public long drafts() {
        return drafts.sum();
    }

    public long commitNanos() {
        return commitNanos.sum();
    }

    /// Commits that failed.
    public long failures() {
        return failures.sum();
    }

    /// Drafts refused because too much was waiting.
    public long overloads() {
        return overloads.sum();
    }

    public long waitingBytes() {
        return waitingBytes.get();
    }
}
