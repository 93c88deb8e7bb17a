package io.magpie.core.cluster;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.BodySize;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes facts off the threads that made them, looks up in one round trip where all that gathered must go, and
/// publishes one record per node for all of it. Store, then look up: a fact is offered after its commit.
///
/// What waits is bounded in bytes. What is given up, or what the bus does not take, makes its conversation
/// suspect: once the bus works the other nodes are told to look into the log. While the directory does not
/// answer, facts go to every node. One thread of its own; [#offer] from any, never waits.
public final class Publisher implements Relay, AutoCloseable {
    private static final Logger LOG = System.getLogger(Publisher.class.getName());
    private static final int BATCH_FACTS = 4_096;

    /// Half of what a bus must carry; sizes are estimates.
    private static final long RECORD_BYTES = 256 << 10;

    private static final long WAITING_BYTES = 64L << 20;

    private final Directory directory;
    private final Bus bus;
    private final RecordCodec codec;
    private final Peers peers;
    private final RelayStats stats;
    private final Suspects suspects = new Suspects();
    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private final Thread thread;
    private boolean closing;

    private record Item(Recipient to, Fact fact, long size) {}

    public Publisher(Directory directory, Bus bus, RecordCodec codec, Peers peers, RelayStats stats) {
        this.directory = directory;
        this.bus = bus;
        this.codec = codec;
        this.peers = peers;
        this.stats = stats;
        this.thread = Thread.ofPlatform().daemon().name("publisher").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public RelayStats stats() {
        return stats;
    }

    @Override
    public boolean alone() {
        return false;
    }

    @Override
    public void offer(Recipient to, Fact fact) {
        long size = size(fact);
        if (stats.waitingBytes.addAndGet(size) > WAITING_BYTES) {
            stats.waitingBytes.addAndGet(-size);
            stats.overflows.increment();
            suspects.lost(fact);
            return;
        }
        synchronized (this) {
            waiting.add(new Item(to, fact, size));
            if (waiting.size() == 1) {
                notifyAll();
            }
        }
    }

    /// The bus did not take the record. Any thread.
    public void failed(byte[] record) {
        stats.failures.increment();
        codec.decode(record).facts().forEach(suspects::lost);
    }

    /// Publishes what was offered before, then stops.
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                var batch = take();
                if (batch.isEmpty() && isClosing()) {
                    return;
                }
                attempt(() -> publish(batch));
                attempt(() -> suspects.due(System.nanoTime()).forEach(fact -> send(null, List.of(fact))));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "publishing failed", e);
        }
    }

    private synchronized List<Item> take() throws InterruptedException {
        long deadline = System.nanoTime() + 1_000_000 * Suspects.PAUSE_MS;
        long leftMs = Suspects.PAUSE_MS;
        while (waiting.isEmpty() && !closing && leftMs > 0) {
            wait(leftMs);
            leftMs = (deadline - System.nanoTime()) / 1_000_000;
        }
        var batch = new ArrayList<Item>();
        while (batch.size() < BATCH_FACTS && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        stats.waitingBytes.addAndGet(-batch.stream().mapToLong(Item::size).sum());
        return batch;
    }

    private void publish(List<Item> batch) {
        Map<String, List<Fact>> byNode = new LinkedHashMap<>();
        List<Fact> forAll = new ArrayList<>();
        var places = find(batch);
        for (Item item : batch) {
            switch (item.to()) {
                case Recipient.EveryNode() -> forAll.add(item.fact());
                case Recipient.OneNode(String node) -> add(byNode, Set.of(node), item.fact());
                case Recipient.User(long user) ->
                    add(byNode, places == null ? everybody() : places.user(user), item.fact());
                case Recipient.Of of -> add(byNode, places == null ? everybody() : places.of(of), item.fact());
            }
        }
        byNode.forEach((node, facts) -> split(facts).forEach(part -> send(node, part)));
        split(forAll).forEach(part -> send(null, part));
    }

    /// @param node null for all
    private void send(@Nullable String node, List<Fact> facts) {
        if (!facts.isEmpty()) {
            byte[] record = codec.encode(new Facts(peers.me(), facts));
            if (node == null) {
                bus.broadcast(record);
            } else {
                bus.publish(node, record);
            }
            stats.facts.add(facts.size());
            stats.records.increment();
        }
    }

    /// Null if the directory does not answer.
    private @Nullable Places find(List<Item> batch) {
        Set<Long> users = new HashSet<>();
        Set<Long> groups = new HashSet<>();
        for (Item item : batch) {
            switch (item.to()) {
                case Recipient.User(long user) -> users.add(user);
                case Recipient.Of(ConversationId conversation, List<Long> also) -> {
                    users.addAll(also);
                    users.addAll(conversation.users());
                    if (conversation.kind() == ConversationId.Kind.GROUP) {
                        groups.add(conversation.group());
                    }
                }
                case Recipient.OneNode _, Recipient.EveryNode _ -> {}
            }
        }
        try {
            return new Places(
                    users.isEmpty() && groups.isEmpty() ? Directory.Found.NOBODY : directory.find(users, groups),
                    peers);
        } catch (Directory.UnavailableException e) {
            stats.lookUpFailures.increment();
            LOG.log(Level.WARNING, "records go to every node, the directory does not answer: {0}", e.getMessage());
            return null;
        }
    }

    private Set<String> everybody() {
        return peers.others().keySet();
    }

    private static void add(Map<String, List<Fact>> byNode, Set<String> nodes, Fact fact) {
        nodes.forEach(
                node -> byNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(fact));
    }

    private static List<List<Fact>> split(List<Fact> facts) {
        List<List<Fact>> parts = new ArrayList<>();
        long bytes = RECORD_BYTES;
        for (Fact fact : facts) {
            bytes += size(fact);
            if (bytes > RECORD_BYTES) {
                parts.add(new ArrayList<>());
                bytes = size(fact);
            }
            parts.getLast().add(fact);
        }
        return parts;
    }

    /// What a waiting fact costs, roughly.
    private static long size(Fact fact) {
        return 128L
                + switch (fact) {
                    case Fact.Committed committed ->
                        128L + BodySize.of(committed.entry().body());
                    case Fact.Leases leases -> 64L * leases.leases().size();
                    case Fact.Watched watched -> 8L * watched.users().size();
                    case Fact.Acknowledged acknowledged ->
                        8L * acknowledged.users().size();
                    case Fact.Suspect suspect -> 40L * suspect.conversations().size();
                    case Fact.Ended ended -> 8L * ended.logins().size();
                    case Fact.Moved _, Fact.Typing _, Fact.Replaced _, Fact.AllSuspect _, Fact.Drain _ -> 0L;
                };
    }

    /// Where the users and groups of a batch are, without nodes that are over.
    private record Places(Directory.Found found, Peers peers) {
        Set<String> user(long user) {
            return nodes(found.users().get(user));
        }

        Set<String> of(Recipient.Of of) {
            Set<String> nodes = new LinkedHashSet<>();
            of.also().forEach(user -> nodes.addAll(user(user)));
            var conversation = of.conversation();
            conversation.users().forEach(user -> nodes.addAll(user(user)));
            if (conversation.kind() == ConversationId.Kind.GROUP) {
                nodes.addAll(nodes(found.groups().get(conversation.group())));
            }
            return nodes;
        }

        private Set<String> nodes(@Nullable Set<Incarnation> holders) {
            Set<String> nodes = new LinkedHashSet<>();
            if (holders != null) {
                for (Incarnation holder : holders) {
                    if (!peers.over(holder)) {
                        nodes.add(holder.node());
                    }
                }
            }
            return nodes;
        }
    }
}
