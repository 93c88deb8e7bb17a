package io.magpie.core.delivery;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Remembers, for the conversations active on this node, the last seq delivered, and keeps entries that came early.
/// Guarded by [Delivery]'s lock.
///
/// Bounded: the conversations longest without an entry are forgotten. A forgotten one starts again at its next
/// entry, and clients see by the seq whether something is missing.
final class Order {
    private static final int MAX_CONVERSATIONS = 200_000;
    private static final int MAX_EARLY = 256;

    private final Map<ConversationId, State> states = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, State> eldest) {
            return size() > MAX_CONVERSATIONS && eldest.getValue().early == null;
        }
    };

    /// What to do with an entry that was committed.
    enum Turn {
        NOW,
        EARLY,
        REPEATED
    }

    Turn turn(Entry entry) {
        var state = states.get(entry.conversation());
        if (state == null) {
            states.put(entry.conversation(), new State(entry.seq()));
            return Turn.NOW;
        }
        if (entry.seq() <= state.delivered) {
            return Turn.REPEATED;
        }
        if (entry.seq() == state.delivered + 1) {
            state.delivered = entry.seq();
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

    private static final class State {
        private long delivered;
        private @Nullable TreeMap<Long, Entry> early;

        State(long delivered) {
            this.delivered = delivered;
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
                    delivered++;
                    return first.getValue();
                } else {
                    break;
                }
            }
            return null;
        }
    }
}
