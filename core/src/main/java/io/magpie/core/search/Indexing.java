package io.magpie.core.search;

import io.magpie.core.upkeep.Chore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Keeps the index of search on the heels of the log, a few entries at a time with pauses between: a fifth of one
/// processor at most, however much is sent. One thread; blocks.
public final class Indexing implements Chore {
    private static final Logger LOG = System.getLogger(Indexing.class.getName());
    private static final int BATCH = 250;
    private static final int SHARE = 4;
    private static final long LEAST_MS = 20;
    private static final long IDLE_MS = 500;
    private static final long TRIM_MS = TimeUnit.MINUTES.toMillis(10);
    private static final long WORTH_TELLING = 100_000;

    private final Search search;
    private final SearchStats stats;
    private final InstantSource clock;
    private long trimmedAt;
    private boolean telling;

    public Indexing(Search search, SearchStats stats, InstantSource clock) {
        this.search = search;
        this.stats = stats;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "indexing messages for search";
    }

    @Override
    public long next() {
        long began = System.nanoTime();
        var progress = search.follow(BATCH);
        stats.indexed.add(progress.done());
        stats.behind(progress.behind());
        tell(progress.behind());
        if (progress.behind() > 0 || trim()) {
            return Math.max(LEAST_MS, SHARE * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
        return IDLE_MS;
    }

    /// True if there may be more to forget.
    private boolean trim() {
        long now = clock.millis();
        if (Math.abs(now - trimmedAt) < TRIM_MS) {
            return false;
        }
        if (search.trim(BATCH) > 0) {
            return true;
        }
        trimmedAt = now;
        return false;
    }

    private void tell(long behind) {
        if (!telling && behind > WORTH_TELLING) {
            telling = true;
            LOG.log(Level.INFO, "indexing {0} entries for search, beside everything else", behind);
        } else if (telling && behind == 0) {
            telling = false;
            LOG.log(Level.INFO, "all entries are indexed for search");
        }
    }
}
