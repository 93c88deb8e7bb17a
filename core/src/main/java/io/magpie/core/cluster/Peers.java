package io.magpie.core.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The other nodes, as the registry lists them, and which incarnations of them are over. Any thread; listeners
/// are called on the registry's thread.
///
/// A node that is paused, or cut off from the registry, is taken for dead and may come back: what was
/// forgotten of it meanwhile it tells again, see [DirectoryRows].
public final class Peers {
    private static final int REMEMBERED = 1_000;

    private final Incarnation me;
    private final List<Consumer<Incarnation>> mourners = new CopyOnWriteArrayList<>();
    private final Set<Incarnation> dead = new LinkedHashSet<>();
    private volatile Map<String, Node> living = Map.of();

    public Peers(Incarnation me, Registry registry) {
        this.me = me;
        registry.onChange(this::changed);
        changed(registry.nodes());
    }

    public Incarnation me() {
        return me;
    }

    /// Is called once for every incarnation that ended, however it did.
    public void onDeath(Consumer<Incarnation> mourner) {
        mourners.add(mourner);
    }

    /// Those that live, by their names, without this node.
    public Map<String, Node> others() {
        return living;
    }

    /// Whether the incarnation is known to be over. Of one never heard of nothing is known.
    public boolean over(Incarnation incarnation) {
        if (incarnation.node().equals(me.node())) {
            return incarnation.number() < me.number();
        }
        var node = living.get(incarnation.node());
        if (node != null) {
            return node.incarnation() > incarnation.number();
        }
        synchronized (this) {
            return dead.contains(incarnation);
        }
    }

    private void changed(List<Node> now) {
        List<Incarnation> died = new ArrayList<>();
        synchronized (this) {
            Map<String, Node> next = new HashMap<>();
            for (Node node : now) {
                if (!node.id().equals(me.node())) {
                    next.put(node.id(), node);
                    dead.remove(node.life());
                }
            }
            for (Node before : living.values()) {
                var after = next.get(before.id());
                if (after == null || after.incarnation() != before.incarnation()) {
                    died.add(before.life());
                }
            }
            living = Map.copyOf(next);
            dead.addAll(died);
            while (dead.size() > REMEMBERED) {
                dead.remove(dead.iterator().next());
            }
        }
        died.forEach(incarnation -> mourners.forEach(mourner -> mourner.accept(incarnation)));
    }
}
