package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Person;
import io.magpie.engines.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/// What three nodes do while engines fail under them.
interface EngineProofs extends OnThreeNodes {
    int SENDS = 60;
    int UNSURE = 200;
    int CROWD = 40;
    int EACH = 250;
    String LONG = "x".repeat(7_500);

    /// Seqs come from the store alone; pushes between nodes work again by themselves.
    @Test
    @ResourceLock(NODES)
    default void f1F2RedisLosesEverythingUnderLoad() throws IOException {
        fromOneTo(number -> {
            if (number == SENDS / 3) {
                fleet().wipeRedis();
            }
            if (number == 2 * SENDS / 3) {
                fleet().engine(Engine.REDIS).kill();
                fleet().engine(Engine.REDIS).restart();
            }
        });
    }

    /// A replica takes over that has not heard of the last seconds.
    @Test
    @ResourceLock(NODES)
    default void f3RedisFallsBackToAnOlderStateUnderLoad() throws IOException {
        try (var redis = OlderRedis.of(fleet().engine(Engine.REDIS).url());
                var sender = Guests.at(node(0), Guests.name("sender"))) {
            redis.remember();
            // Of whom the older state does not know.
            try (var late = Guests.at(node(1), Guests.name("late"))) {
                fromOneTo(number -> {
                    if (number == SENDS / 2) {
                        redis.fallBack();
                    }
                });
                var conversation = Conversations.direct(sender, late);
                late.awaitEntry(conversation, sender.say(conversation, "Still there?"));
            }
        }
    }

    /// One message after the other from node 1 to node 3, each of them acknowledged in its place and pushed once.
    private void fromOneTo(IntConsumer fault) throws IOException {
        try (var sender = Guests.at(node(0), Guests.name("sender"));
                var receiver = Guests.at(node(2), Guests.name("receiver"))) {
            var conversation = Conversations.direct(sender, receiver);
            for (int i = 1; i <= SENDS; i++) {
                assertThat(sender.say(conversation, "m" + i)).isEqualTo(i);
                fault.accept(i);
            }
            var seqs = new ArrayList<Long>();
            receiver.await(
                    push -> {
                        if (Person.isEntry(push, conversation)) {
                            seqs.add(push.path("seq").asLong());
                        }
                        return seqs.contains((long) SENDS);
                    },
                    "the last entry");
            assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, SENDS).boxed().toList());
        }
    }

    /// What was acknowledged stays, what was not is refused as `unavailable`, and nobody is told of less than there
    /// is.
    @Test
    @ResourceLock(NODES)
    default void f4F14TheDatabaseDiesUnderLoad() throws Exception {
        var subject = Guests.name("f4-sender");
        try (var sender = Guests.at(node(0), subject);
                var receiver = Guests.at(node(2), Guests.name("receiver"))) {
            var conversation = Conversations.direct(sender, receiver);
            sender.say(conversation, "Before");
            List<CompletableFuture<JsonNode>> sends = new ArrayList<>();
            for (int i = 0; i < UNSURE; i++) {
                sends.add(sender.starting(conversation, "c" + i, "m" + i));
            }
            Person.reply(sends.get(UNSURE / 5));
            fleet().engine(Engine.MARIADB).kill();
            var sync = receiver.ask("sync", "since", 0);
            var list = Guests.api(node(1), subject).get("/api/v1/conversations");
            fleet().engine(Engine.MARIADB).restart();
            assertThat(sync.path("code").asString()).as("%s", sync).isEqualTo("unavailable");
            assertThat(list.status()).as("%s", list.body()).isEqualTo(503);
            for (int i = 0; i < UNSURE; i++) {
                var first = Person.reply(sends.get(i));
                var again = untilSent(sender, conversation, "c" + i, "m" + i);
                if (Guests.is(first, "sent")) {
                    assertThat(Person.seq(again)).isEqualTo(Person.seq(first));
                } else {
                    assertThat(first.path("code").asString()).isEqualTo("unavailable");
                }
            }
            receiver.awaitEntry(conversation, sender.say(conversation, "After"));
            assertThat(receiver.history(conversation, 0)).hasSize(UNSURE + 2);
        }
    }

    private static JsonNode untilSent(Person sender, String conversation, String clientId, String text)
            throws InterruptedException {
        var reply = new JsonNode[1];
        OnThreeNodes.until("sent", () -> {
            reply[0] = Person.reply(sender.starting(conversation, clientId, text));
            return Guests.is(reply[0], "sent");
        });
        return reply[0];
    }

    /// The database answers nothing while a crowd sends more than the writer may keep: it is refused, the node lives
    /// on in the memory it had, and of what was acknowledged nothing is missing and nothing there twice.
    @Test
    @ResourceLock(NODES)
    default void f29AWriterThatCannotKeepUpRefusesAndTheNodeLives() throws Exception {
        long pid = node(0).pid();
        List<Person> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(Guests.at(node(0), Guests.name("f29")));
            }
            fleet().engine(Engine.MARIADB).pause();
            List<List<CompletableFuture<JsonNode>>> sends = new ArrayList<>();
            try {
                for (Person person : crowd) {
                    List<CompletableFuture<JsonNode>> own = new ArrayList<>();
                    var conversation = Conversations.direct(person, person);
                    for (int i = 0; i < EACH; i++) {
                        own.add(person.starting(conversation, "c" + i, LONG));
                    }
                    sends.add(own);
                }
                // The last ones are refused while the first still wait.
                OnThreeNodes.until(
                        "a refusal", () -> sends.stream().flatMap(List::stream).anyMatch(CompletableFuture::isDone));
            } finally {
                fleet().engine(Engine.MARIADB).resume();
            }
            int refused = 0;
            for (int i = 0; i < CROWD; i++) {
                int sent = 0;
                for (var send : sends.get(i)) {
                    var reply = Person.reply(send);
                    if (Guests.is(reply, "sent")) {
                        sent++;
                    } else {
                        assertThat(reply.path("code").asString()).isIn("unavailable", "rate-limited");
                        refused++;
                    }
                }
                // One that was refused may be stored all the same, but nothing is there twice.
                var person = crowd.get(i);
                assertThat(person.history(Conversations.direct(person, person), 0))
                        .hasSizeBetween(sent, EACH);
            }
            assertThat(refused).isPositive();
            assertThat(node(0).pid()).isEqualTo(pid);
            var first = crowd.getFirst();
            untilSent(first, Conversations.direct(first, first), "at last", "At last");
        } finally {
            crowd.forEach(Person::close);
        }
    }
}
