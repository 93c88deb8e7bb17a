package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A deploy: the server restarts and everybody is back in the same moment.
class StampedeIT {
    private static final int CLIENTS = 3_000;
    private static final int SAMPLED_EVERY = 10;
    private static final int NEW_AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> TRY_AGAIN = List.of("unavailable", "rate-limited");

    @TempDir
    Path folder;

    private final CountDownLatch said = new CountDownLatch(CLIENTS);
    private final CountDownLatch restarted = new CountDownLatch(1);
    private volatile long[] ids = new long[0];

    @Test
    void f41_everybodyComesBackAtOnceAndNoSendFailsForGood() throws Exception {
        try (var node = Node.started(folder);
                var threads = Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("client-", 0).factory())) {
            ids = accounts(node);
            List<Future<Long>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(client(node, i)));
            }
            said.await();
            node.stop();
            node.start();
            restarted.countDown();
            for (var client : clients) {
                assertThat(client.get()).isBetween(1L, 4L);
            }
            for (int i = 0; i < CLIENTS; i += SAMPLED_EVERY) {
                var entries = node.api(node.token(subject(i)))
                        .get("/api/v1/conversations/" + conversation(i) + "/entries?after=0")
                        .expect(200);
                assertThat(entries.body().path("entries")).as(subject(i)).hasSize(4);
            }
            assertThat(node.errors()).isEmpty();
        }
    }

    private static String subject(int client) {
        return "f41-" + client;
    }

    private String conversation(int client) {
        return Conversations.direct(ids[client], ids[client ^ 1]);
    }

    /// Made before, a few at a time: this is about coming back, not about coming for the first time.
    private static long[] accounts(Node node) throws InterruptedException, ExecutionException {
        long[] ids = new long[CLIENTS];
        try (var threads = Executors.newFixedThreadPool(
                NEW_AT_ONCE, Thread.ofPlatform().name("newcomer-", 0).factory())) {
            List<Future<Long>> made = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String subject = subject(i);
                made.add(threads.submit(() -> {
                    try (var person = Person.of(node, subject)) {
                        return person.id();
                    }
                }));
            }
            for (int i = 0; i < CLIENTS; i++) {
                ids[i] = made.get(i).get();
            }
        }
        return ids;
    }

    /// The highest seq it was told: sends before the restart, and again after it as soon as it can.
    private Callable<Long> client(Node node, int number) {
        return () -> {
            try (var before = connected(node, subject(number))) {
                Person.seq(Person.reply(before.starting(conversation(number), "before", "Before")));
                said.countDown();
                before.awaitClosed();
            }
            restarted.await();
            Instant until = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(until)) {
                try (var after = Person.of(node, subject(number))) {
                    var reply = after.starting(conversation(number), "after", "After")
                            .get();
                    if (!triesAgain(reply)) {
                        return Person.seq(reply);
                    }
                } catch (IOException | ExecutionException _) {
                    // Not back yet. A client waits a little and tries again.
                }
                Thread.sleep(ThreadLocalRandom.current().nextInt(200));
            }
            throw new AssertionError(subject(number) + " could not send");
        };
    }

    private static Person connected(Node node, String subject) throws InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            try {
                return Person.of(node, subject);
            } catch (IOException _) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(200));
            }
        }
        throw new AssertionError(subject + " could not connect");
    }

    private static boolean triesAgain(JsonNode reply) {
        return TRY_AGAIN.contains(reply.path("code").asString(""));
    }
}
