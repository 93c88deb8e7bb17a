package io.magpie.core.push;

import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Recipient;
import io.magpie.core.cluster.Relay;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import io.magpie.core.upkeep.Chore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells the node that committed an entry which members acknowledged it here, many at once: it is that node
/// which would have them notified. Direct conversations need none of it, their delivery marks are in the store.
///
/// Bounded: an entry is remembered while its members may be notified; beyond 100,000 conversations no more
/// are, and their members may be notified of what they have. Any thread; nothing waits.
public final class RelayedAcknowledgements implements Acknowledgements, Chore {
    private static final int MAX_CONVERSATIONS = 100_000;
    private static final int MAX_USERS = 10_000;
    private static final long FLUSH_MS = 250;

    private final Acknowledgements here;
    private final Relay relay;
    private final InstantSource clock;
    private final long rememberMs;
    private final ConcurrentHashMap<ConversationId, Awaited> awaited = new ConcurrentHashMap<>();

    private static final class Awaited {
        /// The newest entry of each committing node, by the node's name.
        private final ConcurrentHashMap<String, Long> newest = new ConcurrentHashMap<>(2);

        private final ConcurrentHashMap<Long, Long> held = new ConcurrentHashMap<>(4);
        private volatile long until;

        /// What was said since the last call: users by seq.
        Map<Long, List<Long>> take() {
            Map<Long, List<Long>> bySeq = new HashMap<>();
            held.forEach((user, seq) -> {
                if (held.remove(user, seq)) {
                    bySeq.computeIfAbsent(seq, _ -> new ArrayList<>()).add(user);
                }
            });
            return bySeq;
        }
    }

    /// @param here what this node itself committed
    public RelayedAcknowledgements(Acknowledgements here, Relay relay, PushSettings settings, InstantSource clock) {
        this.here = here;
        this.relay = relay;
        this.clock = clock;
        this.rememberMs = settings.after().toMillis();
    }

    /// Another node committed the entry; before it is delivered here.
    public void arrived(Incarnation from, Entry entry) {
        if (entry.conversation().kind() == ConversationId.Kind.DIRECT || !PushContent.counts(entry)) {
            return;
        }
        var known = awaited.get(entry.conversation());
        if (known == null && awaited.mappingCount() >= MAX_CONVERSATIONS) {
            return;
        }
        known = awaited.computeIfAbsent(entry.conversation(), _ -> new Awaited());
        known.newest.merge(from.node(), entry.seq(), Math::max);
        known.until = clock.millis() + rememberMs;
    }

    /// Another node says what was acknowledged there.
    public void arrived(Fact.Acknowledged told) {
        told.users().forEach(user -> here.received(told.conversation(), user, told.seq()));
    }

    @Override
    public void received(ConversationId conversation, long user, long seq) {
        here.received(conversation, user, seq);
        var known = awaited.get(conversation);
        if (known != null && known.held.size() < MAX_USERS) {
            known.held.merge(user, seq, Math::max);
        }
    }

    @Override
    public String name() {
        return "telling other nodes what was acknowledged";
    }

    @Override
    public long next() {
        long now = clock.millis();
        awaited.forEach((conversation, known) -> {
            known.take()
                    .forEach((seq, users) -> known.newest
                            .keySet()
                            .forEach(node -> relay.offer(
                                    new Recipient.OneNode(node), new Fact.Acknowledged(conversation, seq, users))));
            if (known.until < now) {
                awaited.remove(conversation, known);
            }
        });
        return FLUSH_MS;
    }
}
