package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.cluster.Plan;
import io.magpie.cluster.Topology;
import io.magpie.e2e.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Three nodes on MariaDB and Redis. They begin with what one node had in its embedded store. The tests that hurt
/// nothing run side by side.
class ThreeNodesIT implements DeliveryProofs, EngineProofs, NodeProofs, ReplayProofs {
    @TempDir
    private static Path folder;

    private static GrownUp before;
    private static Fleet fleet;

    @BeforeAll
    static void startNodes() throws IOException, InterruptedException {
        before = GrownUp.from(folder.resolve("embedded"), folder.resolve("fleet"));
        fleet = Fleet.start(
                new Plan(
                        folder.resolve("fleet"),
                        new Topology(3, "mysql", "redis", "redis", "redis"),
                        TestServer.launch(),
                        List.of(
                                "log.level=info",
                                "auth.apiKeys=[{name: operator, key: " + Guests.API_KEY + "}]",
                                "limits.sendsPerSecond=1000000",
                                "limits.sendBurst=1000000",
                                "node.drainMs=3000"),
                        Guests.SECRET,
                        Plan.Lifetime.OF_THE_JVM,
                        false),
                _ -> {});
    }

    @AfterAll
    static void stopNodes() throws IOException {
        fleet.close();
        for (FleetNode node : fleet.nodes()) {
            assertThat(Files.readAllLines(node.log())).noneMatch(line -> line.contains("OutOfMemory"));
        }
    }

    @Override
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = NODES, mode = ResourceAccessMode.READ)
    void f16WhatOneNodeHadIsOnAllThree() throws IOException {
        for (FleetNode node : fleet.nodes()) {
            before.isThere(node);
        }
    }
}
