package io.magpie.client.copy;

import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.List;

/// The newest entries of one conversation, at most twice `keep` of them.
final class Tail {
    private final int keep;
    private final List<Entry> entries = new ArrayList<>();
    private long high;

    Tail(int keep, long high) {
        this.keep = keep;
        this.high = high;
    }

    void append(Entry entry) {
        if (entry.seq() != high + 1) {
            throw new IllegalArgumentException(
                    entry.conversation() + " seq: " + entry.seq() + " (expected: " + (high + 1) + ")");
        }
        entries.add(entry);
        high = entry.seq();
        if (entries.size() >= 2 * keep) {
            entries.subList(0, entries.size() - keep).clear();
        }
    }

    boolean replace(Entry entry) {
        if (!holds(entry.seq())) {
            return false;
        }
        entries.set(index(entry.seq()), entry);
        return true;
    }

    boolean holds(long seq) {
        return seq >= low() && seq <= high;
    }

    Entry at(long seq) {
        return entries.get(index(seq));
    }

    List<Entry> before(long seq, int limit) {
        int to = Math.clamp(seq - low(), 0, entries.size());
        return List.copyOf(entries.subList(Math.max(0, to - limit), to));
    }

    List<Entry> after(long seq) {
        int from = Math.clamp(seq + 1 - low(), 0, entries.size());
        return List.copyOf(entries.subList(from, entries.size()));
    }

    long low() {
        return high - entries.size() + 1;
    }

    long high() {
        return high;
    }

    private int index(long seq) {
        return (int) (seq - low());
    }
}
