package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// A device reconnects before its old connection is cleaned up.
@ExtendWith(SharedNode.class)
class ReplacedSessionIT {
    private static final int ROUNDS = 400;
    private static final int DYING = 8;

    private final Node node;

    ReplacedSessionIT(Node node) {
        this.node = node;
    }

    @Test
    void f36_theLateEndOfAReplacedConnectionLeavesTheNewOneAlone() throws Exception {
        var random = new Random(7);
        List<Person> dying = new ArrayList<>();
        try (var friend = Person.of(node, "f36-friend");
                var watcher = Person.of(node, "f36-watcher")) {
            Person current = Person.of(node, "f36-me");
            long me = current.id();
            String direct = Conversations.direct(friend.id(), me);
            String group = Group.of(node, "f36-friend", current).conversation();
            assertThat(online(watcher, me)).isTrue();
            for (int round = 0; round < ROUNDS; round++) {
                dying.add(current);
                current = Person.of(node, "f36-me");
                if (dying.size() > random.nextInt(DYING)) {
                    dying.remove(random.nextInt(dying.size())).vanish();
                }
                current.awaitEntry(direct, friend.say(direct, "Still there?"));
                current.awaitEntry(group, friend.say(group, "Still there?"));
                if (round % 20 == 0) {
                    assertThat(online(watcher, me)).isTrue();
                }
            }
            dying.forEach(Person::vanish);
            dying.forEach(Person::awaitClosed);
            current.awaitEntry(direct, friend.say(direct, "Still there?"));
            current.awaitEntry(group, friend.say(group, "Still there?"));
            assertThat(online(watcher, me)).isTrue();

            current.vanish();
            watcher.await(push -> isOffline(push, me), "offline");
        }
    }

    private static boolean online(Person watcher, long user) {
        var states = watcher.done("presence", "users", List.of(user)).path("states");
        return states.get(0).path("online").asBoolean();
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
