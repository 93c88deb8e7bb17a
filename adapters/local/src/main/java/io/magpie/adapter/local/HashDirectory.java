package io.magpie.adapter.local;

import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Homes;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A directory without rows: a user belongs to the node that is up and has the highest hash of both (rendezvous
/// hashing), so a node that comes or goes moves only its own share. Groups may be anywhere.
///
/// While sessions are on their way to a new home, the old one is found as well: homes of the last minute count, and so
/// do nodes that drain.
public final class HashDirectory implements Directory, Homes {
    private static final long MOVING_MS = Duration.ofMinutes(1).toMillis();
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Incarnation me;
    private final Registry registry;
    private final InstantSource clock;
    private final ArrayDeque<View> views = new ArrayDeque<>();

    /// @param until it was the newest; 0 while it is
    private record View(List<Node> up, long until) {}

    public HashDirectory(Incarnation me, Registry registry, InstantSource clock) {
        this.me = me;
        this.registry = registry;
        this.clock = clock;
        registry.onChange(this::changed);
        changed(registry.nodes());
    }

    private synchronized void changed(List<Node> nodes) {
        var up = nodes.stream().filter(node -> node.state() == Node.State.UP).toList();
        long now = clock.millis();
        var newest = views.pollLast();
        if (newest != null) {
            views.add(new View(newest.up(), now));
        }
        views.add(new View(up, 0));
        views.removeIf(view -> view.until() != 0 && view.until() < now - MOVING_MS);
    }

    private synchronized List<View> views() {
        return List.copyOf(views);
    }

    @Override
    public Optional<Node> of(long user) {
        return Optional.ofNullable(home(
                user,
                registry.nodes().stream()
                        .filter(node -> node.state() == Node.State.UP)
                        .toList()));
    }

    @Override
    public void add(Collection<Long> users, Collection<Long> groups) {}

    @Override
    public void remove(Collection<Long> users, Collection<Long> groups) {}

    @Override
    public Found find(Collection<Long> users, Collection<Long> groups) {
        var living = registry.nodes();
        Set<Incarnation> draining = new HashSet<>();
        Set<Incarnation> all = new HashSet<>();
        for (Node node : living) {
            if (!node.id().equals(me.node())) {
                all.add(node.life());
                if (node.state() == Node.State.DRAINING) {
                    draining.add(node.life());
                }
            }
        }
        var recent = views();
        Map<Long, Set<Incarnation>> found = new HashMap<>();
        for (long user : users) {
            Set<Incarnation> holders = new HashSet<>(draining);
            for (View view : recent) {
                var home = home(user, view.up());
                if (home != null && all.contains(home.life())) {
                    holders.add(home.life());
                }
            }
            if (!holders.isEmpty()) {
                found.put(user, holders);
            }
        }
        Map<Long, Set<Incarnation>> places = new HashMap<>();
        if (!all.isEmpty()) {
            groups.forEach(group -> places.put(group, all));
        }
        return new Found(found, places);
    }

    private static @Nullable Node home(long user, List<Node> up) {
        Node best = null;
        long highest = 0;
        for (Node node : up) {
            long weight = mixed(mixed(user) ^ mixed(node.id().hashCode() * GOLDEN));
            if (best == null || Long.compareUnsigned(weight, highest) > 0) {
                best = node;
                highest = weight;
            }
        }
        return best;
    }

    /// The finalizer of SplitMix64: every bit of the answer depends on every bit of the question.
    private static long mixed(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public boolean intact() {
        return true;
    }

    @Override
    public Set<Incarnation> holders() {
        return Set.of();
    }

    @Override
    public Set<Long> forget(Incarnation dead) {
        return Set.of();
    }

    @Override
    public void close() {}
}
