package io.magpie.adapter.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import io.magpie.core.cluster.SharedRegistryContract;
import io.magpie.core.cluster.Soon;
import io.magpie.core.cluster.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against the double, because no build can fetch a Nacos; with `MAGPIE_TEST_NACOS=port` the contract runs against a
/// real Nacos 3 on this machine, without authentication, instead.
class NacosRegistryIT extends SharedRegistryContract {
    private static final String REAL = System.getenv().getOrDefault("MAGPIE_TEST_NACOS", "");

    private final Map<Registry, Wire> wires = new HashMap<>();
    private final String service = "magpie-" + UUID.randomUUID();
    private boolean real = !REAL.isEmpty();
    private NacosDouble nacos;

    @BeforeEach
    void startDouble() throws IOException {
        nacos = new NacosDouble(true);
    }

    @AfterEach
    void stopDouble() {
        wires.values().forEach(Wire::close);
        nacos.close();
    }

    @Override
    protected Registry open(Incarnation me) {
        try {
            var wire = new Wire(real ? Integer.parseInt(REAL) : nacos.port());
            var registry = NacosRegistry.connect(service("127.0.0.1:" + wire.port(), NacosDouble.PASSWORD), me);
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
    void whileNacosIsDeadTheListStaysAndOneThatForgotKillsNobody() throws IOException {
        real = false;
        var a = join("a", 1);
        var b = join("b", 1);
        var nodeA = node("a", 1, Node.State.UP, 0);
        var nodeB = node("b", 1, Node.State.UP, 0);
        a.announce(nodeA);
        b.announce(nodeB);
        Soon.until("both are listed", () -> a.nodes().size() == 2 && b.nodes().size() == 2);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        b.onChange(nodes -> sizes.add(nodes.size()));

        nacos.stop();
        var draining = node("a", 1, Node.State.DRAINING, 3);
        a.announce(draining);
        assertThat(a.nodes()).containsExactly(draining, nodeB);

        nacos.startAgain();
        Soon.until("b hears of what was announced meanwhile", () -> b.nodes().equals(List.of(draining, nodeB)));
        assertThat(sizes).containsOnly(2);
    }

    @Test
    void anEngineThatIsNotThereOrRefusesIsSaid() {
        real = false;
        var me = new Incarnation("a", 1);
        assertThatThrownBy(() -> NacosRegistry.connect(NacosService.at("127.0.0.1:1"), me))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:1");
        assertThatThrownBy(() -> NacosRegistry.connect(service("127.0.0.1:" + nacos.port(), "wrong"), me))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403");
        assertThatThrownBy(() -> NacosRegistry.connect(NacosService.at("no host"), me))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private NacosService service(String servers, String password) {
        return new NacosService(
                servers, "public", "DEFAULT_GROUP", service, real ? "" : NacosDouble.USER, real ? "" : password);
    }
}
