package io.magpie.core.delivery;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Remembers, for the conversations active on this node, the last seq delivered, and keeps entries that came
/// early. Guarded by [Delivery]'s lock.
///
/// Bounded: the conversations longest without an entry are forgotten. A forgotten one starts again at its next
/// entry. So does one nobody of whom has been here all the time since its last entry: what lies between was
/// not for this node.
final class Order {
    private static final int MAX_CONVERSATIONS = 200_000;
    private static final int MAX_EARLY = 256;

    /// Clocks of nodes, and a commit on its way, are off by less.
    static final long OVERLAP_MS = 10_000;

    private final Map<ConversationId, State> states = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, State> eldest) {
            return size() > MAX_CONVERSATIONS && eldest.getValue().early == null;
        }
    };

    private final ToLongFunction<Entry> since;

    /// @param since when those who see the entry came, see [Audiences#since]
    Order(ToLongFunction<Entry> since) {
        this.since = since;
    }

    /// What to do with an entry that was committed.
    enum Turn {
        NOW,
        EARLY,
        /// Before the first one delivered: too late for its turn.
        LATE,
        REPEATED
    }

    Turn turn(Entry entry) {
        var state = states.get(entry.conversation());
        if (state == null) {
            states.put(entry.conversation(), new State(entry));
            return Turn.NOW;
        }
        if (entry.seq() < state.first) {
            state.first = entry.seq();
            return Turn.LATE;
        }
        if (entry.seq() <= state.delivered) {
            return Turn.REPEATED;
        }
        if (entry.seq() == state.delivered + 1) {
            state.delivered(entry);
            return Turn.NOW;
        }
        if (state.early == null && since.applyAsLong(entry) > state.sentAt + OVERLAP_MS) {
            state.begin(entry);
            return Turn.NOW;
        }
        state.keep(entry);
        return Turn.EARLY;
    }

    /// The next entry of the conversation if it came early and its turn has come.
    @Nullable
    Entry next(ConversationId conversation) {
        var state = states.get(conversation);
        return state == null ? null : state.next();
    }

    /// The next early entry has its turn whatever is missing before it. False if none waits.
    boolean skipHole(ConversationId conversation) {
        var state = states.get(conversation);
        if (state == null || state.early == null || state.early.isEmpty()) {
            return false;
        }
        long next = state.early.firstKey();
        boolean hole = next > state.delivered + 1;
        state.delivered = Math.max(state.delivered, next - 1);
        return hole;
    }

    /// The entry was not delivered after all: it, and what follows, waits for the log.
    void rewind(Entry entry) {
        var state = states.get(entry.conversation());
        if (state != null) {
            state.delivered = Math.min(state.delivered, entry.seq() - 1);
        }
    }

    /// The last seq delivered, 0 if unknown.
    long delivered(ConversationId conversation) {
        var state = states.get(conversation);
        return state == null ? 0 : state.delivered;
    }

    /// The first seq delivered since the conversation is known, 0 if unknown.
    long first(ConversationId conversation) {
        var state = states.get(conversation);
        return state == null ? 0 : state.first;
    }

    private static final class State {
        private long first;
        private long delivered;
        private long sentAt;
        private @Nullable TreeMap<Long, Entry> early;

        State(Entry entry) {
            begin(entry);
        }

        void begin(Entry entry) {
            first = entry.seq();
            delivered(entry);
        }

        void delivered(Entry entry) {
            delivered = entry.seq();
            sentAt = entry.sentAt();
        }

        void keep(Entry entry) {
            if (early == null) {
                early = new TreeMap<>();
            }
            early.put(entry.seq(), entry);
            if (early.size() > MAX_EARLY) {
                early.pollLastEntry();
            }
        }

        @Nullable
        Entry next() {
            while (early != null) {
                var first = early.firstEntry();
                if (first == null) {
                    early = null;
                } else if (first.getKey() <= delivered) {
                    early.pollFirstEntry();
                } else if (first.getKey() == delivered + 1) {
                    early.pollFirstEntry();
                    delivered(first.getValue());
                    return first.getValue();
                } else {
                    break;
                }
            }
            return null;
        }
    }
}
