package io.magpie.core.upkeep;

import io.magpie.core.contact.Contacts;
import io.magpie.core.device.Logins;
import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

/// Deletes what nobody can use any more: logins a day after they expired, friend requests 90 days after they were
/// answered. A few rows per transaction, with pauses between; every node may do it. One thread; blocks.
public final class Sweep implements Chore {
    /// Clocks of nodes differ, by less than this.
    private static final Duration EXPIRED = Duration.ofDays(1);

    private static final Duration ANSWERED = Duration.ofDays(90);

    private final Journal journal;
    private final InstantSource clock;
    private final UpkeepStats stats;

    public Sweep(Journal journal, InstantSource clock, UpkeepStats stats) {
        this.journal = journal;
        this.clock = clock;
        this.stats = stats;
    }

    @Override
    public String name() {
        return "deleting expired logins and answered requests";
    }

    @Override
    public long next() {
        long began = System.nanoTime();
        int ended = delete(stats.logins, tx -> tx.on(Logins.Edits.class).deleteExpired(before(EXPIRED), Pace.BATCH));
        int answered =
                delete(stats.requests, tx -> tx.on(Contacts.Edits.class).deleteAnswered(before(ANSWERED), Pace.BATCH));
        return Math.max(ended, answered) == Pace.BATCH ? Pace.after(began) : Pace.ROUND_MS;
    }

    private long before(Duration ago) {
        return clock.millis() - ago.toMillis();
    }

    private int delete(LongAdder deleted, ToIntFunction<Transaction> work) {
        var outcome = journal.transact(tx -> Outcome.done(work.applyAsInt(tx)));
        int count = outcome instanceof Outcome.Done<Integer>(Integer done) ? done : 0;
        deleted.add(count);
        return count;
    }
}
