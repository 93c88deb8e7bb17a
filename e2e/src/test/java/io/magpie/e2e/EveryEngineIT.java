package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.cluster.Launch;
import io.magpie.cluster.Plan;
import io.magpie.cluster.Topology;
import io.magpie.server.MagpieServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two nodes on the buses and registries beside Redis, of which [ClusterIT] is about.
class EveryEngineIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"kafka, zookeeper", "rabbitmq, redis", "rocketmq, zookeeper"})
    void messagesCrossNodesAlsoAfterOneOfThemDied(String bus, String registry) throws IOException {
        var plan = new Plan(
                folder,
                new Topology(2, "mysql", bus, "redis", registry),
                Launch.classPath(System.getProperty("java.class.path"), MagpieServer.class.getName()),
                List.of("log.level=info"),
                ClusterIT.SECRET,
                Plan.Lifetime.OF_THE_JVM,
                false);
        try (var fleet = Fleet.start(plan, _ -> {})) {
            FleetNode first = fleet.nodes().getFirst();
            FleetNode second = fleet.nodes().getLast();
            talk(first, second);
            second.kill();
            second.start();
            talk(first, second);
        }
    }

    private static void talk(FleetNode one, FleetNode other) throws IOException {
        try (var sender = ClusterIT.person(one, ClusterIT.name("sender"));
                var receiver = ClusterIT.person(other, ClusterIT.name("receiver"))) {
            var conversation = ClusterIT.pair(sender, receiver);
            for (int i = 1; i <= 3; i++) {
                assertThat(sender.say(conversation, "there " + i)).isEqualTo(2L * i - 1);
                receiver.awaitEntry(conversation, 2L * i - 1);
                assertThat(receiver.say(conversation, "back " + i)).isEqualTo(2L * i);
                sender.awaitEntry(conversation, 2L * i);
            }
            // Entries would also come from the log in the end; typing comes over the bus or not at all.
            receiver.done("typing", "conversation", conversation, "active", true);
            sender.await(push -> ClusterIT.is(push, "typing"), "typing");
            sender.done("typing", "conversation", conversation, "active", true);
            receiver.await(push -> ClusterIT.is(push, "typing"), "typing");
        }
    }
}
