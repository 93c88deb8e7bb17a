package io.magpie.adapter.jdbc.sqlite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Entries of some period that the index tables need not hold yet. Written by one transaction at a time, read by any
/// thread.
final class Generation {
    private final Map<Long, Run> runs = new HashMap<>();
    private final RepeatRows repeats = new RepeatRows();
    private int size;

    synchronized int size() {
        return size;
    }

    synchronized void add(long conversation, long seq, long row, long author, long repeat) {
        var run = runs.computeIfAbsent(conversation, key -> new Run(key, seq));
        run.add(row, author, repeat);
        size++;
        if (repeat != 0) {
            repeats.add(repeat, row);
        }
    }

    /// Takes the newest entry of the conversation back.
    synchronized void removeLast(long conversation) {
        var run = run(conversation);
        if (run == null) {
            return;
        }
        long seq = run.endSeq() - 1;
        repeats.remove(run.repeat(seq), run.row(seq));
        run.removeLast();
        size--;
        if (run.size() == 0) {
            runs.remove(conversation);
        }
    }

    /// Rows whose clientId may be the one behind this number.
    synchronized long[] repeats(long repeat) {
        return repeats.of(repeat);
    }

    synchronized boolean holds(long conversation, long seq) {
        return held(conversation, seq) != null;
    }

    /// The first seq of the conversation here; [Long#MAX_VALUE] if there is none.
    synchronized long firstSeq(long conversation) {
        var run = run(conversation);
        return run == null ? Long.MAX_VALUE : run.firstSeq;
    }

    /// 0 if it is not here.
    synchronized long row(long conversation, long seq) {
        var run = held(conversation, seq);
        return run == null ? 0 : run.row(seq);
    }

    /// Entries before `toSeq` need not be moved.
    synchronized void forget(long conversation, long toSeq) {
        var run = run(conversation);
        if (run != null) {
            run.firstKept = Math.max(run.firstKept, toSeq);
        }
    }

    /// The author before.
    synchronized long author(long conversation, long seq, long author) {
        var run = held(conversation, seq);
        if (run == null) {
            return 0;
        }
        long before = run.author(seq);
        run.author(seq, author);
        return before;
    }

    /// Rows with `from <= seq <= to` and not newer than `lastRow`: the first `limit` of them, or the last, in the
    /// order asked for.
    synchronized List<Long> rows(long conversation, long from, long to, int limit, boolean ascending, long lastRow) {
        var found = new ArrayList<Long>();
        var run = run(conversation);
        if (run != null) {
            long low = Math.max(from, run.firstSeq);
            long high = Math.min(to, run.endSeq() - 1);
            for (long i = 0; i <= high - low && found.size() < limit; i++) {
                long row = run.row(ascending ? low + i : high - i);
                if (row <= lastRow) {
                    found.add(row);
                }
            }
        }
        return found;
    }

    /// How many entries with `from <= seq <= to`, not newer than `lastRow`, have an author that counts; up to
    /// `limit`.
    synchronized int count(long conversation, long from, long to, int limit, LongPredicate counts, long lastRow) {
        int count = 0;
        var run = run(conversation);
        if (run != null) {
            long end = Math.min(to, run.endSeq() - 1);
            for (long seq = Math.max(from, run.firstSeq); seq <= end && count < limit; seq++) {
                if (run.row(seq) <= lastRow && counts.test(run.author(seq))) {
                    count++;
                }
            }
        }
        return count;
    }

    /// Everything, in the order of the index tables.
    synchronized List<Run> sorted() {
        var sorted = new ArrayList<>(runs.values());
        sorted.sort(Comparator.comparingLong(run -> run.conversation));
        return sorted;
    }

    private @Nullable Run run(long conversation) {
        return runs.get(conversation);
    }

    private @Nullable Run held(long conversation, long seq) {
        var run = run(conversation);
        return run != null && seq >= run.firstSeq && seq < run.endSeq() ? run : null;
    }
}
