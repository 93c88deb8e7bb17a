package io.magpie.core.presence;

import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Peers;
import io.magpie.core.cluster.Recipient;
import io.magpie.core.cluster.Relay;
import io.magpie.core.device.Platform;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How users watched here stand on other nodes: those nodes tell every change and are asked at the beginning.
/// A lease ends with its node. Any thread; [#ask] blocks. The memory is that of the users watched here.
public final class RemotePresence {
    private static final Logger LOG = System.getLogger(RemotePresence.class.getName());

    /// Whoever has not answered by then is taken to hold nobody, until it tells.
    private static final long PATIENCE_MS = 1_000;

    private static final int MAX_ASKED = 1_000;

    private final Directory directory;
    private final Peers peers;
    private final Relay relay;
    private final ConcurrentHashMap<Long, Map<Incarnation, Fact.Lease>> leases = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Question> questions = new ConcurrentHashMap<>();
    private final AtomicLong lastQuestion = new AtomicLong();

    /// Guarded by itself.
    private record Question(Set<String> unanswered, CountDownLatch answers) {
        synchronized void answered(String node) {
            if (unanswered.remove(node)) {
                answers.countDown();
            }
        }
    }

    public RemotePresence(Directory directory, Peers peers, Relay relay) {
        this.directory = directory;
        this.peers = peers;
        this.relay = relay;
    }

    /// From now on the user is followed.
    void watch(long user) {
        if (relay.alone()) {
            return;
        }
        leases.computeIfAbsent(user, _ -> new ConcurrentHashMap<>(2));
    }

    void unwatch(long user) {
        leases.remove(user);
    }

    Set<Platform> platforms(long user) {
        var held = leases.getOrDefault(user, Map.of());
        Set<Platform> platforms = new HashSet<>();
        held.values().forEach(lease -> platforms.addAll(lease.platforms()));
        return platforms;
    }

    /// When the user was last seen on other nodes, as far as they told; 0 if they did not.
    long seenAt(long user) {
        return leases.getOrDefault(user, Map.of()).values().stream()
                .mapToLong(Fact.Lease::seenAt)
                .max()
                .orElse(0);
    }

    /// Asks the nodes that may hold the users, and waits for their answers.
    void ask(Collection<Long> users) {
        var byNode = holders(users);
        if (byNode.isEmpty()) {
            return;
        }
        long number = lastQuestion.incrementAndGet();
        var question = new Question(new HashSet<>(byNode.keySet()), new CountDownLatch(byNode.size()));
        questions.put(number, question);
        byNode.forEach((node, held) -> relay.offer(new Recipient.OneNode(node), new Fact.Watched(number, held)));
        try {
            if (!question.answers().await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                LOG.log(Level.DEBUG, "presence: {0} did not answer", question.unanswered());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            questions.remove(number);
        }
    }

    /// Asks about everybody followed, without waiting: what was told may not have come.
    void askAgain() {
        var users = List.copyOf(leases.keySet());
        for (int from = 0; from < users.size(); from += MAX_ASKED) {
            var part = users.subList(from, Math.min(users.size(), from + MAX_ASKED));
            holders(part).forEach((node, held) -> relay.offer(new Recipient.OneNode(node), new Fact.Watched(0, held)));
        }
    }

    /// The users of whom something changed.
    public List<Long> heard(Incarnation from, Fact.Leases told) {
        List<Long> changed = new ArrayList<>();
        for (Fact.Lease lease : told.leases()) {
            leases.computeIfPresent(lease.user(), (user, held) -> {
                var before = held.get(from);
                if (before == null || before.version() < lease.version()) {
                    held.put(from, lease);
                    changed.add(user);
                }
                return held;
            });
        }
        var question = questions.get(told.question());
        if (question != null) {
            question.answered(from.node());
        }
        return changed;
    }

    /// Ends the leases of the node: what it told last.
    List<Fact.Lease> died(Incarnation node) {
        List<Fact.Lease> ended = new ArrayList<>();
        for (Long user : List.copyOf(leases.keySet())) {
            leases.computeIfPresent(user, (_, held) -> {
                var lease = held.remove(node);
                if (lease != null) {
                    ended.add(lease);
                }
                return held;
            });
        }
        return ended;
    }

    /// Where the users have rows, and where they had leases; without the directory, everywhere.
    private Map<String, List<Long>> holders(Collection<Long> users) {
        Map<String, List<Long>> byNode = new HashMap<>();
        Map<Long, Set<Incarnation>> rows;
        try {
            rows = directory.find(users, List.of()).users();
        } catch (Directory.UnavailableException _) {
            peers.others().keySet().forEach(node -> byNode.put(node, List.copyOf(users)));
            return byNode;
        }
        for (long user : users) {
            Set<Incarnation> nodes = new HashSet<>(rows.getOrDefault(user, Set.of()));
            nodes.addAll(leases.getOrDefault(user, Map.of()).keySet());
            for (Incarnation node : nodes) {
                var living = peers.others().get(node.node());
                if (living != null && living.incarnation() == node.number()) {
                    byNode.computeIfAbsent(node.node(), _ -> new ArrayList<>()).add(user);
                }
            }
        }
        return byNode;
    }
}
