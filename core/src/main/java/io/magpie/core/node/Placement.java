package io.magpie.core.node;

import io.magpie.core.cluster.Homes;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Which node a session should be on: never one that is not up. Any thread; never blocks.
public final class Placement {
    private final Incarnation me;
    private final Registry registry;
    private final Homes homes;
    private final RandomGenerator random;

    public Placement(Incarnation me, Registry registry, Homes homes, RandomGenerator random) {
        this.me = me;
        this.registry = registry;
        this.homes = homes;
        this.random = random;
    }

    /// The user's home, or the node with the fewest sessions.
    public Optional<Node> of(long user) {
        return homes.of(user).or(() -> up().stream().min(Comparator.comparingLong(Node::load)));
    }

    /// For one of the many sessions that leave this node together: chance spreads them.
    public Optional<Node> elsewhere() {
        var others = up().stream().filter(node -> !node.id().equals(me.node())).toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(others.get(random.nextInt(others.size())));
    }

    /// All nodes, whatever their state.
    public List<Node> nodes() {
        return registry.nodes();
    }

    private List<Node> up() {
        return registry.nodes().stream()
                .filter(node -> node.state() == Node.State.UP)
                .toList();
    }
}
