package io.magpie.core.upkeep;

import java.util.concurrent.atomic.LongAdder;

/// What upkeep deleted since the start. Any thread.
public final class UpkeepStats {
    final LongAdder entries = new LongAdder();
    final LongAdder logins = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder files = new LongAdder();
    final LongAdder contents = new LongAdder();

    /// Entries older than the retention.
    public long entries() {
        return entries.sum();
    }

    /// Logins that had expired.
    public long logins() {
        return logins.sum();
    }

    /// Friend requests answered long ago.
    public long requests() {
        return requests.sum();
    }

    /// Files that nothing used.
    public long files() {
        return files.sum();
    }

    /// Contents that no file had.
    public long contents() {
        return contents.sum();
    }
}
