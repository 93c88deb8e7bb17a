package io.magpie.client;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Puts the entries of one conversation into order: takes them as they come, early, twice or not at all, and
/// hands them out consecutively, each once. Holds only what came early, and of that no more than
/// [#MAX_EARLY]: what is dropped is a hole that `history` fills.
final class ConversationLog {
    static final int MAX_EARLY = 500;

    private final ConversationId id;
    private final TreeMap<Long, Entry> early = new TreeMap<>();
    private boolean anchored;
    private long high;
    private long known;

    ConversationLog(ConversationId id) {
        this.id = id;
    }

    ConversationId id() {
        return id;
    }

    /// Whether it is settled which entry comes next.
    boolean anchored() {
        return anchored;
    }

    /// The last entry handed out, or the one before the first to come.
    long high() {
        return high;
    }

    /// The last entry known to exist.
    long known() {
        return known;
    }

    boolean behind() {
        return anchored && high < known;
    }

    /// Says that `seq + 1` comes next; entries up to `seq` will not be handed out any more.
    List<Entry> anchor(long seq) {
        anchored = true;
        high = seq;
        known = Math.max(known, seq);
        early.headMap(seq, true).clear();
        return next();
    }

    void exists(long seq) {
        known = Math.max(known, seq);
    }

    /// Nothing after what was handed out can be had; what came early is given up.
    void giveUp() {
        early.clear();
        known = high;
    }

    /// @return what can be handed out now
    List<Entry> offer(Entry entry) {
        long seq = entry.seq();
        known = Math.max(known, seq);
        if (anchored && seq <= high) {
            return List.of();
        }
        early.put(seq, entry);
        if (early.size() > MAX_EARLY) {
            early.pollLastEntry();
        }
        return anchored ? next() : List.of();
    }

    private List<Entry> next() {
        if (early.isEmpty() || early.firstKey() != high + 1) {
            return List.of();
        }
        List<Entry> next = new ArrayList<>();
        while (!early.isEmpty() && early.firstKey() == high + 1) {
            next.add(early.pollFirstEntry().getValue());
            high++;
        }
        return next;
    }

    /// The last entry before the first that came early; what is known if there is none.
    long beforeEarly() {
        return early.isEmpty() ? known : early.firstKey() - 1;
    }
}
