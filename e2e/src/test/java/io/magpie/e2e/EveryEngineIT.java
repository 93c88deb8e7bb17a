package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.cluster.Plan;
import io.magpie.cluster.Topology;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Three nodes on the buses, directories and registries beside Redis, of which [ThreeNodesIT] is about.
class EveryEngineIT {
    private static final int SENDS = 40;

    @TempDir
    private Path folder;

    /// While one of three nodes is dead, the bus dies and comes back under load.
    @ParameterizedTest
    @CsvSource({"kafka, redis, zookeeper", "rabbitmq, hash, redis", "rocketmq, redis, zookeeper"})
    void f30F31MessagesCrossNodesWhateverDies(String bus, String directory, String registry) throws Exception {
        var plan = new Plan(
                folder,
                new Topology(3, "mysql", bus, directory, registry),
                TestServer.launch(),
                List.of("log.level=info", "auth.apiKeys=[{name: operator, key: " + Guests.API_KEY + "}]"),
                Guests.SECRET,
                Plan.Lifetime.OF_THE_JVM,
                false);
        try (var fleet = Fleet.start(plan, _ -> {})) {
            var first = fleet.nodes().get(0);
            var dying = fleet.nodes().get(1);
            var last = fleet.nodes().get(2);
            everybodyKnowsEverybody(fleet);
            talk(first, dying, directory);
            if (directory.equals("hash")) {
                whoIsElsewhereIsSentHome(first, last);
            }
            dying.kill();
            theBusRestarts(fleet, first, last);
            dying.start();
            everybodyKnowsEverybody(fleet);
            talk(dying, last, directory);
        }
    }

    /// Until then homes may change.
    private static void everybodyKnowsEverybody(Fleet fleet) throws InterruptedException {
        for (FleetNode node : fleet.nodes()) {
            OnThreeNodes.until("all are known", () -> {
                var known = Guests.operator(node).get("/api/v1/nodes").body().toString();
                return fleet.nodes().stream().allMatch(other -> known.contains("\"" + other.id() + "\""));
            });
        }
    }

    private static void talk(FleetNode one, FleetNode other, String directory) throws Exception {
        try (var sender = guest(one, directory);
                var receiver = guest(other, directory)) {
            var conversation = Conversations.direct(sender, receiver);
            for (int i = 1; i <= 3; i++) {
                assertThat(sender.say(conversation, "there " + i)).isEqualTo(2L * i - 1);
                receiver.awaitEntry(conversation, 2L * i - 1);
                assertThat(receiver.say(conversation, "back " + i)).isEqualTo(2L * i);
                sender.awaitEntry(conversation, 2L * i);
            }
            typingCrosses(sender, receiver, conversation);
            typingCrosses(receiver, sender, conversation);
        }
    }

    /// Entries would also come from the log in the end; typing comes over the bus or not at all.
    private static void typingCrosses(Person from, Person to, String conversation) {
        from.done("typing", "conversation", conversation, "active", true);
        to.await(push -> Guests.is(push, "typing"), "typing");
    }

    /// Every message is acknowledged at once, none is missing, and what needs the bus works again.
    private void theBusRestarts(Fleet fleet, FleetNode one, FleetNode other) throws Exception {
        var topology = fleet.plan().topology();
        var engine = fleet.engine(Topology.engine(topology.bus()));
        try (var sender = guest(one, topology.directory());
                var receiver = guest(other, topology.directory())) {
            var conversation = Conversations.direct(sender, receiver);
            for (int i = 1; i <= SENDS; i++) {
                assertThat(sender.say(conversation, "m" + i)).isEqualTo(i);
                if (i == SENDS / 2) {
                    engine.kill();
                } else if (i == 3 * SENDS / 4) {
                    engine.restart();
                }
            }
            receiver.awaitEntry(conversation, SENDS);
            assertThat(receiver.history(conversation, 0)).hasSize(SENDS);
            // Typing that was lost is not repeated, so it is said again until it is heard.
            OnThreeNodes.until("typing", () -> {
                sender.done("typing", "conversation", conversation, "active", true);
                return receiver.pushed().stream().anyMatch(push -> Guests.is(push, "typing"));
            });
        }
    }

    /// Somebody who stays there: under `hash` everybody has a home.
    private static Person guest(FleetNode node, String directory) throws Exception {
        return Guests.at(node, directory.equals("hash") ? whoLivesAt(node) : Guests.name("guest"));
    }

    private static String whoLivesAt(FleetNode node) throws Exception {
        var found = new String[1];
        OnThreeNodes.until("somebody who lives at " + node.id(), () -> {
            found[0] = Guests.name("guest");
            var home = Guests.api(node, found[0]).get("/api/v1/gateway").body();
            return home.path("node").asString("").equals(node.id());
        });
        return found[0];
    }

    private static void whoIsElsewhereIsSentHome(FleetNode home, FleetNode elsewhere) throws Exception {
        try (var guest = Guests.at(elsewhere, whoLivesAt(home))) {
            var bye = guest.await(push -> Guests.is(push, "bye"), "bye");
            assertThat(bye.path("reason").asString()).isEqualTo("moved");
            assertThat(bye.path("url").asString()).isEqualTo(home.webSocket().toString());
        }
    }
}
