package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.cluster.FleetNode;
import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/// What remains of a node that dies or is drained: nothing is missing, and the others serve.
interface NodeProofs extends OnThreeNodes {
    int MANY = 150;

    /// The node dies with answers under way; the same device is let in elsewhere at once and repeats what it sent.
    /// Who died with it is told to be offline, and was last seen then.
    @Test
    @ResourceLock(NODES)
    default void f9F15F31F35F39AKilledNodeTakesNothingWithIt() throws Exception {
        FleetNode dying = node(1);
        String subject = Guests.name("sender");
        String witness = Guests.name("witness");
        try (var receiver = Guests.at(node(0), Guests.name("receiver"))) {
            var sender = Guests.at(dying, subject, "phone");
            var watched = Guests.at(dying, Guests.name("watched"));
            var unwatched = Guests.at(dying, Guests.name("unwatched"));
            var quiet = quietConversations(witness, receiver, watched, unwatched);
            var conversation = Conversations.direct(sender, receiver);
            List<CompletableFuture<JsonNode>> sends = new ArrayList<>();
            try (var watcher = PresenceView.at(node(2), Guests.name("watcher"), List.of(watched.id()))) {
                OnThreeNodes.until("who will die", () -> watcher.online().contains(watched.id()));
                for (int i = 0; i < MANY; i++) {
                    sends.add(sender.starting(conversation, "c" + i, "m" + i));
                }
                Person.reply(sends.get(MANY / 4));
                long death = System.currentTimeMillis();
                dying.kill();
                try (var again = Guests.at(node(2), subject, "phone")) {
                    assertThat(listed(node(0), witness)).isEqualTo(quiet);
                    repeatsAreTheSame(again, conversation, sends);
                    receiver.awaitEntry(conversation, MANY);
                    OnThreeNodes.until("the end of who died", () -> watcher.lastSeen(watched.id()) >= death);
                    OnThreeNodes.until("when the other was last seen", () -> lastSeen(again, unwatched) >= death);
                    assertThat(watcher.online()).isEmpty();
                    OnThreeNodes.until("the node is gone", () -> !named(dying, "/api/v1/nodes"));
                    for (int i = 0; i < 20; i++) {
                        assertThat(named(dying, "/api/v1/gateway")).isFalse();
                    }
                }
            } finally {
                dying.start();
            }
            assertThat(listed(dying, witness)).isEqualTo(quiet);
        }
    }

    private static void repeatsAreTheSame(Person again, String conversation, List<CompletableFuture<JsonNode>> sends) {
        for (int i = 0; i < sends.size(); i++) {
            var repeated = Person.seq(Person.reply(again.starting(conversation, "c" + i, "m" + i)));
            if (!sends.get(i).isCompletedExceptionally() && sends.get(i).isDone()) {
                assertThat(repeated).isEqualTo(Person.seq(sends.get(i).join()));
            }
        }
        assertThat(again.history(conversation, 0)).hasSize(sends.size());
    }

    private Map<String, JsonNode> quietConversations(String witness, Person... others) throws IOException {
        try (var person = Guests.at(node(0), witness)) {
            for (Person other : others) {
                person.say(Conversations.direct(person, other), "So that there is something");
            }
            return person.synced(0);
        }
    }

    private static Map<String, JsonNode> listed(FleetNode node, String subject) throws IOException {
        try (var person = Guests.at(node, subject)) {
            return person.synced(0);
        }
    }

    private static long lastSeen(Person asking, Person of) {
        var state = asking.done("presence", "users", List.of(of.id()))
                .path("states")
                .get(0);
        return state.path("lastSeenAt").asLong();
    }

    /// Whether the others know the node.
    private boolean named(FleetNode node, String path) {
        FleetNode other = fleet().nodes().stream()
                .filter(any -> any != node && any.state() == FleetNode.State.UP)
                .findFirst()
                .orElseThrow();
        return Guests.operator(other).get(path).body().toString().contains("\"" + node.id() + "\"");
    }

    /// One node after the other is drained and started again while everybody talks. Nobody is sent to a drained one,
    /// everybody comes back by what they are told, no message fails for good, and then all are online for all.
    @Test
    @ResourceLock(NODES)
    default void f13F39F41EveryNodeIsRestartedUnderLoad() throws Exception {
        try (var travellers = Travellers.started(fleet(), MANY)) {
            for (FleetNode node : fleet().nodes()) {
                travellers.allHaveSentOnceMore();
                Guests.operator(node)
                        .post("/api/v1/nodes/" + node.id() + "/drain")
                        .expect(202);
                OnThreeNodes.until("word of the drain", () -> !named(node, "/api/v1/gateway"));
                while (node.state() != FleetNode.State.DOWN) {
                    assertThat(named(node, "/api/v1/gateway")).isFalse();
                    Thread.sleep(50);
                }
                node.start();
            }
            travellers.allHaveSentOnceMore();
            var everybody = new TreeSet<>(travellers.ids());
            for (FleetNode node : fleet().nodes()) {
                try (var watcher = PresenceView.at(node, Guests.name("watcher"), List.copyOf(everybody))) {
                    OnThreeNodes.until("all are online", () -> watcher.online().equals(everybody));
                }
            }
            travellers.stop();
            travellers.findWhatTheySent(node(0));
        }
    }
}
