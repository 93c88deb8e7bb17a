package io.magpie.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every [Registry] between nodes promises while its engine works, beyond [RegistryContract].
public abstract class SharedRegistryContract {
    private final List<Registry> open = new ArrayList<>();

    /// The registry of one node, on the engine that all nodes of the running test share. Every test begins
    /// without nodes.
    protected abstract Registry open(Incarnation me);

    /// Stops the renewing as a death of the process would.
    protected abstract void kill(Registry registry);

    @AfterEach
    final void closeAll() {
        open.forEach(Registry::close);
        open.clear();
    }

    @Test
    void nodesSeeEachOther() {
        var a = join("a", 1);
        var b = join("b", 1);
        var nodeA = node("a", 1, Node.State.UP, 5);
        var nodeB = node("b", 1, Node.State.STARTING, 0);
        a.announce(nodeA);
        b.announce(nodeB);
        for (Registry registry : open) {
            Soon.until("both are listed", () -> registry.nodes().equals(List.of(nodeA, nodeB)));
        }
    }

    @Test
    void changesReachTheListenersOfOthers() {
        var a = join("a", 1);
        var b = join("b", 1);
        List<List<Node>> heard = new CopyOnWriteArrayList<>();
        b.onChange(heard::add);
        a.announce(node("a", 1, Node.State.UP, 0));
        Soon.until("b hears of a", () -> heard.contains(List.of(node("a", 1, Node.State.UP, 0))));
        a.announce(node("a", 1, Node.State.DRAINING, 7));
        Soon.until("b hears of the drain", () -> heard.contains(List.of(node("a", 1, Node.State.DRAINING, 7))));
        a.close();
        Soon.until("b hears of the end", () -> heard.getLast().isEmpty());
    }

    @Test
    void aDeadNodeIsGoneAndTheLivingStay() {
        var a = join("a", 1);
        var b = join("b", 1);
        a.announce(node("a", 1, Node.State.UP, 0));
        b.announce(node("b", 1, Node.State.UP, 0));
        Soon.until("both are listed", () -> b.nodes().size() == 2);
        kill(a);
        Soon.until("a is gone", () -> b.nodes().equals(List.of(node("b", 1, Node.State.UP, 0))));
    }

    @Test
    void f35ANodeThatDiedMayStartAgainAtOnce() {
        var dead = join("a", 1);
        var b = join("b", 1);
        dead.announce(node("a", 1, Node.State.UP, 9));
        Soon.until("a is listed", () -> b.nodes().size() == 1);
        kill(dead);
        var again = join("a", 2);
        again.announce(node("a", 2, Node.State.UP, 0));
        Soon.until("the later one is listed", () -> b.nodes().equals(List.of(node("a", 2, Node.State.UP, 0))));
        Soon.until("and by itself", () -> again.nodes().equals(List.of(node("a", 2, Node.State.UP, 0))));
    }

    @Test
    void f36TheEndOfAnEarlierIncarnationDoesNotRemoveTheLater() {
        var early = join("a", 1);
        var b = join("b", 1);
        early.announce(node("a", 1, Node.State.UP, 0));
        var late = join("a", 2);
        late.announce(node("a", 2, Node.State.UP, 0));
        Soon.until("the later one is listed", () -> b.nodes().equals(List.of(node("a", 2, Node.State.UP, 0))));
        early.close();
        b.announce(node("b", 1, Node.State.UP, 0));
        Soon.until("b is listed by a", () -> late.nodes().size() == 2);
        assertThat(b.nodes()).contains(node("a", 2, Node.State.UP, 0));
    }

    protected final Registry join(String id, long number) {
        var registry = open(new Incarnation(id, number));
        open.add(registry);
        return registry;
    }

    protected static Node node(String id, long number, Node.State state, long load) {
        return new Node(id, number, state, "ws://127.0.0.1:1/ws", "", "http://127.0.0.1:1", load);
    }
}
