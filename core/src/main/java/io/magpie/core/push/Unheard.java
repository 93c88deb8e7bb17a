package io.magpie.core.push;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Entries that devices still have time to acknowledge, the oldest first, and who did. Any thread; [#received] takes
/// no lock. Bounded: when too many wait, the oldest is forgotten.
final class Unheard implements Acknowledgements {
    static final int MAX = 100_000;

    private final PushStats stats;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ConcurrentHashMap<ConversationId, Held> held = new ConcurrentHashMap<>();

    /// @param since when it was committed
    record Waiting(ConversationId conversation, long seq, long sender, long since) {}

    /// What users said to hold of a conversation, as long as entries of it wait.
    private static final class Held {
        private final ConcurrentHashMap<Long, Long> upTo = new ConcurrentHashMap<>(4);
        private int entries;
    }

    Unheard(PushStats stats) {
        this.stats = stats;
    }

    void add(Entry entry, long now) {
        held.compute(entry.conversation(), (_, there) -> {
            var known = there == null ? new Held() : there;
            known.entries++;
            return known;
        });
        var oldest = enqueue(new Waiting(entry.conversation(), entry.seq(), entry.sender(), now));
        if (oldest.isEmpty()) {
            stats.waiting.incrementAndGet();
        } else {
            stats.forgotten.increment();
            forget(oldest.getFirst().conversation(), 1);
        }
    }

    private synchronized List<Waiting> enqueue(Waiting newest) {
        waiting.add(newest);
        return waiting.size() > MAX ? List.of(waiting.remove()) : List.of();
    }

    /// Takes those that waited since `time` or longer. They are acknowledged further until [#done].
    synchronized List<Waiting> due(long time, int limit) {
        var due = new ArrayList<Waiting>();
        for (var next = waiting.peek(); next != null && next.since() <= time; next = waiting.peek()) {
            if (due.size() == limit) {
                break;
            }
            due.add(waiting.remove());
        }
        return due;
    }

    void done(ConversationId conversation, int entries) {
        stats.waiting.addAndGet(-entries);
        forget(conversation, entries);
    }

    @Override
    public void received(ConversationId conversation, long user, long seq) {
        var known = held.get(conversation);
        if (known != null) {
            known.upTo.merge(user, seq, Math::max);
        }
    }

    boolean holds(ConversationId conversation, long user, long seq) {
        var known = held.get(conversation);
        return known != null && known.upTo.getOrDefault(user, 0L) >= seq;
    }

    private void forget(ConversationId conversation, int entries) {
        held.computeIfPresent(conversation, (_, there) -> {
            there.entries -= entries;
            return there.entries == 0 ? null : there;
        });
    }
}
