package io.magpie.core.cluster;

import io.magpie.core.conversation.ConversationId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What other nodes have missed and must be told to look for in the store. Any thread. Bounded: when too much
/// was missed, everything is suspect.
final class Suspects {
    static final long PAUSE_MS = 1_000;
    private static final int MAX = 5_000;

    private Set<ConversationId> conversations = new LinkedHashSet<>();
    private boolean all;
    private long told = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PAUSE_MS);

    synchronized void lost(Fact fact) {
        switch (fact) {
            case Fact.Committed committed -> conversations.add(committed.entry().conversation());
            case Fact.Suspect suspect -> conversations.addAll(suspect.conversations());
            case Fact.Ended _, Fact.Leases _, Fact.AllSuspect _ -> all = true;
            // Whoever needs these asks again, or is told again by what follows.
            case Fact.Moved _, Fact.Typing _, Fact.Acknowledged _, Fact.Replaced _, Fact.Watched _, Fact.Drain _ -> {}
        }
        if (conversations.size() > MAX) {
            all = true;
        }
        if (all) {
            conversations = new LinkedHashSet<>();
        }
    }

    /// What to tell now; it comes back by [#lost] if it cannot be told.
    synchronized List<Fact> due(long now) {
        if ((!all && conversations.isEmpty()) || now - told < TimeUnit.MILLISECONDS.toNanos(PAUSE_MS)) {
            return List.of();
        }
        told = now;
        List<Fact> facts = List.of(all ? new Fact.AllSuspect() : new Fact.Suspect(List.copyOf(conversations)));
        all = false;
        conversations = new LinkedHashSet<>();
        return facts;
    }
}
