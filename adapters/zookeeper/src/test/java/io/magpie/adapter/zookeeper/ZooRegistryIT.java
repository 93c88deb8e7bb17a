package io.magpie.adapter.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import io.magpie.core.cluster.SharedRegistryContract;
import io.magpie.core.cluster.Soon;
import io.magpie.core.cluster.Wire;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ZooRegistryIT extends SharedRegistryContract {
    private static RunningEngine zookeeper;

    private final Map<Registry, Wire> wires = new HashMap<>();

    @BeforeAll
    static void startEngine() {
        zookeeper = Engine.ZOOKEEPER.start();
    }

    @AfterAll
    static void stopEngine() {
        zookeeper.close();
    }

    @AfterEach
    void cutAll() {
        wires.values().forEach(Wire::close);
    }

    @Override
    protected Registry open(Incarnation me) {
        try {
            var wire = new Wire(zookeeper.port());
            var registry = ZooRegistry.connect("127.0.0.1:" + wire.port(), me);
            wires.put(registry, wire);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void kill(Registry registry) {
        Objects.requireNonNull(wires.get(registry)).close();
    }

    @Test
    void whileTheEngineIsDeadTheListStaysAndThenGoesOn() {
        var a = join("a", 1);
        var b = join("b", 1);
        var nodeA = node("a", 1, Node.State.UP, 0);
        var nodeB = node("b", 1, Node.State.UP, 0);
        a.announce(nodeA);
        b.announce(nodeB);
        Soon.until("both are listed", () -> a.nodes().size() == 2 && b.nodes().size() == 2);

        zookeeper.kill();
        var draining = node("a", 1, Node.State.DRAINING, 3);
        a.announce(draining);
        assertThat(a.nodes()).containsExactly(draining, nodeB);
        assertThat(b.nodes()).containsExactly(nodeA, nodeB);

        zookeeper.restart();
        Soon.until("b hears of what was announced meanwhile", () -> b.nodes().equals(List.of(draining, nodeB)));
    }

    @Test
    void anEngineThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> ZooRegistry.connect("127.0.0.1:1", new Incarnation("a", 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:1");
    }
}
