package io.magpie.core.upkeep;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.journal.Journal;
import io.magpie.core.log.OldEntries;
import io.magpie.core.outcome.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes entries older than the operator keeps, a few rows per transaction with pauses between, so that senders
/// hardly wait for it. Walks through all conversations, then rests; every node may do it. One thread; blocks.
public final class Retention implements Chore {
    private static final int SCAN = 200;

    private final OldEntries entries;
    private final Journal journal;
    private final Duration kept;
    private final InstantSource clock;
    private final UpkeepStats stats;
    private @Nullable ConversationId after;
    private List<ConversationId> found = List.of();

    /// @param kept how long an entry is kept
    public Retention(OldEntries entries, Journal journal, Duration kept, InstantSource clock, UpkeepStats stats) {
        this.entries = entries;
        this.journal = journal;
        this.kept = kept;
        this.clock = clock;
        this.stats = stats;
    }

    @Override
    public String name() {
        return "deleting entries older than " + kept.toDays() + " days";
    }

    @Override
    public long next() {
        long now = clock.millis();
        long time = now - kept.toMillis();
        if (found.isEmpty()) {
            var page = entries.before(time, after, SCAN);
            found = page.conversations();
            after = page.last();
            return found.isEmpty() ? pause(Pace.READ_MS) : 0;
        }
        long began = System.nanoTime();
        var deleted = journal.transact(tx -> Outcome.done(delete(tx.on(OldEntries.Edits.class), time, now)));
        if (deleted instanceof Outcome.Done<Deleted>(Deleted done)) {
            stats.entries.add(done.entries);
            found = found.subList(done.conversations, found.size());
        }
        return pause(Pace.after(began));
    }

    /// @param conversations how many have nothing old any more
    private record Deleted(int entries, int conversations) {}

    private Deleted delete(OldEntries.Edits edits, long time, long now) {
        int total = 0;
        for (int i = 0; i < found.size(); i++) {
            int room = Pace.BATCH - total;
            int deleted = edits.delete(found.get(i), time, room, now);
            total += deleted;
            if (deleted == room) {
                return new Deleted(total, i);
            }
        }
        return new Deleted(total, found.size());
    }

    private long pause(long ms) {
        return found.isEmpty() && after == null ? Pace.ROUND_MS : ms;
    }
}
