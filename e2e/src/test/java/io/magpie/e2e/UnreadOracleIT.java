package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Random operations of several users; what the server counts is compared with its definition: the live messages by
/// others after my read cursor that I may see.
@ExtendWith(SharedNode.class)
class UnreadOracleIT {
    private static final int USERS = 5;
    private static final int OPERATIONS = 1200;
    private static final int COMPARED_EVERY = 4;

    private final Node node;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Person> people = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<String> conversations = new ArrayList<>();
    private final Map<Place, Long> readUpTo = new HashMap<>();
    private final List<String> done = new ArrayList<>();

    private record Place(int user, String conversation) {}

    UnreadOracleIT(Node node) {
        this.node = node;
    }

    @Test
    void f20_unreadIsItsDefinitionAfterAnyOperations() throws Exception {
        for (int user = 0; user < USERS; user++) {
            people.add(Person.of(node, subject(user)));
        }
        for (int i = 0; i < 2; i++) {
            // The first one owns them and stays, so that its history is everybody's truth.
            var group = Group.of(node, subject(0), people.subList(1, USERS).toArray(Person[]::new));
            groups.add(group);
            conversations.add(group.conversation());
        }
        for (int user = 1; user < USERS; user++) {
            conversations.add(Conversations.direct(people.get(0), people.get(user)));
        }
        for (int i = 0; i < OPERATIONS; i++) {
            operate(random.nextInt(USERS), random.nextInt(conversations.size()));
            if (i % COMPARED_EVERY == 0) {
                compare();
            }
        }
        compare();
        people.forEach(Person::close);
    }

    private static String subject(int user) {
        return "oracle-" + user;
    }

    private void operate(int anyUser, int place) {
        // A direct conversation is one of its two.
        int user = place < groups.size() ? anyUser : random.nextBoolean() ? 0 : place - groups.size() + 1;
        String conversation = conversations.get(place);
        var person = people.get(user);
        int what = random.nextInt(100);
        if (what < 40) {
            record(
                    user,
                    conversation,
                    "send",
                    person.ask(
                            "send",
                            "conversation",
                            conversation,
                            "clientId",
                            "o" + done.size(),
                            "content",
                            Person.text("Hi")));
        } else if (what < 50) {
            change(user, conversation, "recall");
        } else if (what < 55) {
            change(user, conversation, "edit", "content", Person.text("Edited"));
        } else if (what < 60) {
            change(user, conversation, "react", "emoji", "👍", "active", random.nextBoolean());
        } else if (what < 85 || place >= groups.size() || user == 0) {
            read(user, conversation);
        } else {
            comeOrGo(user, groups.get(place));
        }
    }

    private void record(int user, String conversation, String what, JsonNode reply) {
        done.add("%d %s %s: %s"
                .formatted(user, what, conversation, reply.path("type").asString("")));
    }

    private void change(int user, String conversation, String type, Object... more) {
        var last = last(conversation);
        if (last > 0) {
            List<Object> fields = new ArrayList<>(List.of("conversation", conversation));
            fields.addAll(List.of("seq", 1 + random.nextLong(last)));
            fields.addAll(List.of(more));
            record(user, conversation, type, people.get(user).ask(type, fields.toArray()));
        }
    }

    private long last(String conversation) {
        var truth = truth(conversation);
        return truth.isEmpty() ? 0 : truth.getLast().path("seq").asLong();
    }

    private void read(int user, String conversation) {
        long last = last(conversation);
        long seq = random.nextLong(last + 5);
        var reply = people.get(user).ask("read", "conversation", conversation, "seq", seq);
        record(user, conversation, "read " + seq, reply);
        if (reply.path("type").asString("").equals("ok")) {
            readUpTo.merge(new Place(user, conversation), Math.min(seq, last), Math::max);
            assertThat(reply.path("unread").asInt())
                    .as("seed %d: %s", seed, done)
                    .isEqualTo(unread(user, conversation, truth(conversation)));
        }
    }

    private void comeOrGo(int user, Group group) {
        boolean member = firstSeq(user, truth(group.conversation())) > 0;
        if (member) {
            group.leave(subject(user));
        } else {
            group.join(subject(user));
        }
        done.add(user + (member ? " leaves " : " joins ") + group.id());
    }

    private List<JsonNode> truth(String conversation) {
        int owner = 0;
        var reply = people.get(owner).ask("history", "conversation", conversation, "after", 0, "limit", 1);
        return reply.path("type").asString("").equals("error")
                ? List.of()
                : people.get(owner).history(conversation, 0);
    }

    /// From where a member sees; 0 for who is none now.
    private long firstSeq(int user, List<JsonNode> truth) {
        long first = 0;
        for (var entry : truth) {
            var body = entry.path("body");
            boolean names = false;
            for (var named : body.path("users")) {
                names |= named.asLong() == people.get(user).id();
            }
            first = switch (body.path("change").asString("")) {
                case "joined" -> names ? entry.path("seq").asLong() : first;
                case "left", "removed" -> names ? 0 : first;
                case "created" -> user == 0 ? 1 : first;
                default -> first;
            };
        }
        return first;
    }

    private int unread(int user, String conversation, List<JsonNode> truth) {
        long first = conversation.startsWith("g.") ? firstSeq(user, truth) : 1;
        long after = Math.max(first - 1, readUpTo.getOrDefault(new Place(user, conversation), 0L));
        int unread = 0;
        for (var entry : truth) {
            boolean live = entry.path("body").path("kind").asString("").equals("message")
                    && entry.path("body").path("recalled").isMissingNode();
            boolean byOthers = entry.path("sender").asLong() != people.get(user).id();
            if (first > 0 && live && byOthers && entry.path("seq").asLong() > after) {
                unread++;
            }
        }
        return unread;
    }

    private void compare() {
        Map<String, List<JsonNode>> truths = new HashMap<>();
        for (String conversation : conversations) {
            truths.put(conversation, truth(conversation));
        }
        for (int user = 0; user < USERS; user++) {
            var items = people.get(user).synced(0);
            for (String conversation : conversations) {
                var item = items.get(conversation);
                if (item != null) {
                    assertThat(item.path("unread").asInt())
                            .as("seed %d: user %d in %s after %s", seed, user, conversation, done)
                            .isEqualTo(unread(user, conversation, Objects.requireNonNull(truths.get(conversation))));
                }
            }
        }
    }
}
