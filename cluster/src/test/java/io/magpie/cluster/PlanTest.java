package io.magpie.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.engines.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    @Test
    void aLaterCommandFindsThePlan(@TempDir Path folder) {
        var plan = new Plan(
                folder,
                new Topology(3, "mysql", "redis", "redis", "redis"),
                new Launch(List.of("java", "-cp", "a:b", "Main")),
                List.of("limits.sendBurst=5", "messages.blockedWords=[a, b]"),
                "a secret, = and : included, of 32 bytes",
                Plan.Lifetime.DETACHED,
                false);
        plan.write();
        assertThat(Plan.read(folder)).contains(plan);
        assertThat(Plan.read(folder.resolve("other"))).isEmpty();
    }

    @Test
    void aTopologyNamesItsEnginesOnce() {
        assertThat(new Topology(3, "mysql", "redis", "redis", "redis").engines())
                .containsExactlyInAnyOrder(Engine.MARIADB, Engine.REDIS);
        assertThat(Topology.alone().engines()).isEmpty();
    }

    @Test
    void severalNodesShareTheirStore() {
        assertThatThrownBy(() -> new Topology(2, "sqlite", "redis", "redis", "redis"))
                .hasMessage("store: sqlite (expected: mysql or postgresql for several nodes)");
        assertThatThrownBy(() -> new Topology(2, "mysql", "carrier pigeons", "redis", "redis"))
                .hasMessageStartingWith("bus: carrier pigeons (expected: local, redis");
    }
}
