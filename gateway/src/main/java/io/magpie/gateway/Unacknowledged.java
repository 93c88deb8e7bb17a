package io.magpie.gateway;

import io.magpie.core.conversation.ConversationId;
import java.util.HashMap;
import java.util.Map;

/// Pushed entries that no `received` covers yet: for each conversation the highest seq and since when.
/// Bounded: past [#MAX_CONVERSATIONS] only the time is kept, until the next proof of life. On the lane only.
final class Unacknowledged {
    static final int MAX_CONVERSATIONS = 64;
    private static final long NONE = Long.MAX_VALUE;

    private final Map<ConversationId, Pushed> pushed = new HashMap<>(4);
    private long unnamedSince = NONE;

    private record Pushed(long seq, long since) {}

    void pushed(ConversationId conversation, long seq, long now) {
        var before = pushed.get(conversation);
        if (before != null) {
            pushed.put(conversation, new Pushed(Math.max(seq, before.seq), before.since));
        } else if (pushed.size() < MAX_CONVERSATIONS) {
            pushed.put(conversation, new Pushed(seq, now));
        } else {
            unnamedSince = Math.min(unnamedSince, now);
        }
    }

    /// A cursor that covers only a part restarts the clock for the rest: the peer is at work.
    void received(ConversationId conversation, long seq, long now) {
        pushed.computeIfPresent(conversation, (_, before) -> seq >= before.seq ? null : new Pushed(before.seq, now));
    }

    /// The peer lives, it just does not acknowledge: everything waits anew.
    void proofOfLife(long now) {
        unnamedSince = NONE;
        pushed.replaceAll((_, before) -> new Pushed(before.seq, now));
    }

    boolean isEmpty() {
        return pushed.isEmpty() && unnamedSince == NONE;
    }

    boolean anyBefore(long time) {
        if (unnamedSince <= time) {
            return true;
        }
        for (var one : pushed.values()) {
            if (one.since <= time) {
                return true;
            }
        }
        return false;
    }
}
