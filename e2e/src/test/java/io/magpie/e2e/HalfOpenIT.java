package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.FreezingProxy;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Somebody pulls the cable: no end of the connection is told.
class HalfOpenIT {
    private static final int MESSAGES = 50;
    private static final long BEAT_MS = 300;

    @TempDir
    Path folder;

    @Test
    void f10_aSilentSessionIsClosedAndItsMessagesWaitForTheNextLogin() throws Exception {
        try (var node = Node.started(folder, "realtime.heartbeatMs=1000")) {
            String unheard = pullTheCable(node, true);
            // The server does not just wait: it says why it closes.
            assertThat(unheard).contains("\"bye\"").contains("idle");
            assertThat(node.errors()).isEmpty();
        }
    }

    @Test
    void f10_aPushThatNobodyAcknowledgesIsProbedLongBeforeTheHeartbeatIsDue() throws Exception {
        try (var node = Node.started(folder, "realtime.heartbeatMs=3600000")) {
            String unheard = pullTheCable(node, false);
            assertThat(unheard).contains("\"bye\"").contains("idle");
            assertThat(node.errors()).isEmpty();
        }
    }

    /// What the server said to the dead session.
    private static String pullTheCable(Node node, boolean beating) throws Exception {
        try (var cable = FreezingProxy.before(node.realtime());
                var sender = Person.of(node, "f10-sender");
                var watcher = Person.of(node, "f10-watcher");
                var cut = Person.connected(cable.address(), node.token("f10-cut"), "phone", _ -> {})) {
            if (beating) {
                List.of(sender, watcher, cut).forEach(HalfOpenIT::beat);
            }
            String conversation = Conversations.direct(sender, cut);
            cut.awaitEntry(conversation, sender.say(conversation, "Can you hear me?"));
            cut.done("received", "conversation", conversation, "seq", 1);
            var states = watcher.done("presence", "users", List.of(cut.id())).path("states");
            assertThat(states.get(0).path("online").asBoolean()).isTrue();

            cable.pull();
            if (!beating) {
                // What is pushed into the void starts the probe.
                say(sender, conversation, MESSAGES);
            }
            watcher.await(push -> isOffline(push, cut.id()), "offline");
            if (beating) {
                say(sender, conversation, MESSAGES);
            }
            String unheard = cable.unheard();

            try (var again = Person.at(node, "f10-cut", "phone")) {
                assertThat(again.item(conversation).path("unread").asInt()).isEqualTo(1 + MESSAGES);
                assertThat(again.history(conversation, 1)).hasSize(MESSAGES);
                again.awaitEntry(conversation, sender.say(conversation, "Back?"));
            }
            return unheard;
        }
    }

    private static void say(Person sender, String conversation, int messages) {
        for (int i = 0; i < messages; i++) {
            sender.say(conversation, "Into the void");
        }
    }

    /// Keeps a session alive until it ends.
    private static void beat(Person person) {
        Thread.ofVirtual().name("beat").start(() -> {
            while (!person.isClosed()) {
                var _ = person.start("ping");
                try {
                    Thread.sleep(BEAT_MS);
                } catch (InterruptedException _) {
                    return;
                }
            }
        });
    }

    private static boolean isOffline(JsonNode push, long user) {
        for (var state : push.path("states")) {
            if (state.path("user").asLong() == user && !state.path("online").asBoolean()) {
                return true;
            }
        }
        return false;
    }
}
