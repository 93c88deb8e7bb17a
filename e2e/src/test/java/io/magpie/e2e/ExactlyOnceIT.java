package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A client that does not know what became of its message sends it again; it is there once, in its first place.
class ExactlyOnceIT {
    private static final int DEATHS = 3;
    private static final int BURST = 400;

    @TempDir
    Path folder;

    private Node node;

    @BeforeEach
    void start() throws Exception {
        node = Node.started(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void f8_aRepeatedSendAnswersTheFirstSeqAcrossReconnectAndRestart() throws Exception {
        String conversation;
        long seq;
        JsonNode first;
        try (var receiver = Person.of(node, "f8-receiver");
                var sender = Person.of(node, "f8-sender")) {
            conversation = Conversations.direct(sender, receiver);
            sender.say(conversation, "One before");
            first = Person.reply(sender.starting(conversation, "again", "Once"));
            seq = Person.seq(first);
            assertThat(first.path("duplicate").asBoolean()).isFalse();
            assertRepeated(sender, conversation, first);
            // The same client id of somebody else is another message.
            assertThat(Person.seq(Person.reply(receiver.starting(conversation, "again", "Mine"))))
                    .isEqualTo(seq + 1);
        }
        try (var sender = Person.of(node, "f8-sender");
                var elsewhere = Person.at(node, "f8-sender", "another device")) {
            assertRepeated(sender, conversation, first);
            assertRepeated(elsewhere, conversation, first);
        }
        node.stop();
        node.start();
        try (var sender = Person.of(node, "f8-sender")) {
            assertRepeated(sender, conversation, first);
            assertThat(sender.history(conversation, 0)).hasSize(3);
            assertThat(sender.say(conversation, "One after")).isEqualTo(seq + 2);
        }
        assertThat(node.errors()).isEmpty();
    }

    private static void assertRepeated(Person sender, String conversation, JsonNode first) {
        var repeat = Person.reply(sender.starting(conversation, "again", "Once, with other words"));
        assertThat(Person.seq(repeat)).isEqualTo(Person.seq(first));
        assertThat(repeat.path("duplicate").asBoolean()).isTrue();
        assertThat(repeat.path("sentAt")).isEqualTo(first.path("sentAt"));
    }

    @Test
    void f9_messagesWithoutAnAnswerWhenTheServerDiedAreThereOnceAfterTheyWereSentAgain() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<JsonNode> answers = new ArrayList<>();
        String conversation = conversation();
        for (int death = 0; death < DEATHS; death++) {
            var unsure = burst(conversation, death, random);
            node.start();
            resend(conversation, death, unsure, answers);
        }

        try (var receiver = Person.of(node, "f9-receiver")) {
            var entries = receiver.history(conversation, 0);
            assertThat(entries).as("seed " + seed).hasSize(DEATHS * BURST);
            assertThat(entries)
                    .extracting(entry -> entry.path("clientId").asString(""))
                    .doesNotHaveDuplicates();
            for (int i = 0; i < answers.size(); i++) {
                long seq = Person.seq(answers.get(i));
                assertThat(entries.get((int) seq - 1).path("clientId").asString(""))
                        .isEqualTo("m" + i);
            }
        }
        assertThat(node.errors()).isEmpty();
    }

    private String conversation() throws IOException {
        try (var receiver = Person.of(node, "f9-receiver");
                var sender = Person.of(node, "f9-sender")) {
            return Conversations.direct(sender, receiver);
        }
    }

    /// Sends without waiting, and kills the server when a random part of the answers is there.
    private List<CompletableFuture<JsonNode>> burst(String conversation, int death, Random random) throws Exception {
        try (var sender = Person.of(node, "f9-sender")) {
            List<CompletableFuture<JsonNode>> sent = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                sent.add(sender.starting(conversation, "m" + (death * BURST + i), "Burst"));
            }
            Person.reply(sent.get(random.nextInt(BURST / 2)));
            node.kill();
            sender.awaitClosed();
            return sent;
        }
    }

    private void resend(
            String conversation, int death, List<CompletableFuture<JsonNode>> before, List<JsonNode> answers)
            throws IOException {
        try (var sender = Person.of(node, "f9-sender")) {
            List<CompletableFuture<JsonNode>> again = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                again.add(sender.starting(conversation, "m" + (death * BURST + i), "Burst"));
            }
            for (int i = 0; i < BURST; i++) {
                var reply = Person.reply(again.get(i));
                if (!before.get(i).isCompletedExceptionally()) {
                    assertThat(Person.seq(reply)).isEqualTo(Person.seq(answered(before.get(i))));
                    assertThat(reply.path("duplicate").asBoolean()).isTrue();
                }
                answers.add(reply);
            }
        }
    }

    private static JsonNode answered(CompletableFuture<JsonNode> reply) {
        try {
            return reply.join();
        } catch (CompletionException e) {
            throw new AssertionError("it had an answer before", e);
        }
    }
}
