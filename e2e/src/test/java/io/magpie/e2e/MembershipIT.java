package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Who sees what of a group while people come and go.
@ExtendWith(SharedNode.class)
class MembershipIT {
    private static final int ROUNDS = 150;

    private final Node node;

    MembershipIT(Node node) {
        this.node = node;
    }

    @Test
    void f24_whoComesBackSeesAllThatIsNew() throws Exception {
        try (var owner = Person.of(node, "f24-owner");
                var member = Person.of(node, "f24-member")) {
            var group = Group.of(node, "f24-owner", member);
            String conversation = group.conversation();
            long firstSeq = 1;
            for (int stay = 0; stay < 3; stay++) {
                for (int i = 0; i < 3; i++) {
                    long seq = owner.say(conversation, "While there");
                    assertThat(member.awaitEntry(conversation, seq)
                                    .path("sender")
                                    .asLong())
                            .isEqualTo(owner.id());
                }
                member.say(conversation, "I am here");
                long before = owner.item(conversation).path("lastSeq").asLong();
                assertSees(member, conversation, "member", firstSeq, before);

                group.leave("f24-member");
                // The entry of leaving is the last one to be seen.
                assertSees(member, conversation, "left", firstSeq, before + 1);
                long unseen = owner.say(conversation, "While away");
                assertSees(member, conversation, "left", firstSeq, before + 1);
                assertThat(member.ask(
                                        "send",
                                        "conversation",
                                        conversation,
                                        "clientId",
                                        "x" + stay,
                                        "content",
                                        Person.text("Let me in"))
                                .path("code")
                                .asString(""))
                        .isEqualTo("not-member");

                group.join("f24-member");
                firstSeq = unseen + 1;
                assertSees(member, conversation, "member", firstSeq, unseen + 1);
                assertThat(member.pushed())
                        .filteredOn(push -> Person.isEntry(push, conversation))
                        .extracting(push -> push.path("seq").asLong())
                        .doesNotContain(unseen);
            }
        }
    }

    private static void assertSees(Person member, String conversation, String state, long firstSeq, long lastSeq) {
        var item = member.item(conversation);
        assertThat(item.path("state").asString()).isEqualTo(state);
        assertThat(item.path("firstSeq").asLong()).isEqualTo(firstSeq);
        assertThat(item.path("lastSeq").asLong()).isEqualTo(lastSeq);
        assertThat(member.history(conversation, 0))
                .extracting(entry -> entry.path("seq").asLong())
                .isEqualTo(LongStream.rangeClosed(firstSeq, lastSeq).boxed().toList());
    }

    /// What one session was told of the group: by `entry` or, of its own, by `sent`.
    private static final class Told {
        private final Set<Long> seqs = new ConcurrentSkipListSet<>();
        private volatile String conversation = "";

        void hear(JsonNode frame) {
            String type = frame.path("type").asString("");
            if ((type.equals("entry") || type.equals("sent"))
                    && frame.path("conversation").asString("").equals(conversation)) {
                seqs.add(frame.path("seq").asLong());
            }
        }
    }

    private record Stay(long from, long to) {}

    @Test
    void f25_nobodySeesOrSendsAMessageAfterItsRemoval() throws Exception {
        var told = new Told();
        try (var owner = Person.of(node, "f25-owner");
                var other = Person.of(node, "f25-other");
                var victim = Person.connected(node.realtime(), node.token("f25-victim"), "phone", told::hear)) {
            var group = Group.of(node, "f25-owner", other, victim);
            told.conversation = group.conversation();
            var stop = new AtomicBoolean();
            List<Thread> writers = new ArrayList<>();
            for (var writer : List.of(other, victim)) {
                writers.add(Thread.ofVirtual().name("writer").start(() -> write(writer, group.conversation(), stop)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                group.remove("f25-owner", victim.id());
                group.add("f25-owner", victim.id());
            }
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            long last = owner.say(group.conversation(), "The end");
            victim.awaitEntry(group.conversation(), last);

            var entries = owner.history(group.conversation(), 0);
            var stays = stays(entries, victim.id());
            assertThat(stays).hasSize(ROUNDS + 1);
            var firstSeen = told.seqs.iterator().next();
            assertThat(told.seqs)
                    .containsExactlyElementsOf(stays.stream()
                            .flatMap(stay -> LongStream.rangeClosed(stay.from(), stay.to())
                                    .boxed())
                            .filter(seq -> seq >= firstSeen)
                            .toList());
            assertThat(entries)
                    .filteredOn(entry -> entry.path("sender").asLong() == victim.id()
                            && entry.path("body").path("kind").asString("").equals("message"))
                    .isNotEmpty()
                    .allMatch(entry -> stays.stream()
                            .anyMatch(stay -> stay.from() < entry.path("seq").asLong()
                                    && entry.path("seq").asLong() < stay.to()));
        }
    }

    private static void write(Person writer, String conversation, AtomicBoolean stop) {
        for (int i = 0; !stop.get(); i++) {
            var reply = Person.reply(writer.starting(conversation, "w" + i, "On and on"));
            assertThat(reply.path("code").asString("not-member")).isEqualTo("not-member");
        }
    }

    /// From the entry that lets a user in to the one that lets it out.
    private static List<Stay> stays(List<JsonNode> entries, long user) {
        List<Stay> stays = new ArrayList<>();
        long from = 0;
        for (var entry : entries) {
            boolean named = false;
            for (var each : entry.path("body").path("users")) {
                named |= each.asLong() == user;
            }
            String change = entry.path("body").path("change").asString("");
            if (named && change.equals("joined")) {
                from = entry.path("seq").asLong();
            } else if (named && change.equals("removed")) {
                stays.add(new Stay(from, entry.path("seq").asLong()));
            }
        }
        stays.add(new Stay(from, entries.getLast().path("seq").asLong()));
        return stays;
    }
}
