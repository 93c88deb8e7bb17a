package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// A message is committed around the moment a device logs in: one of push and sync always shows it.
@ExtendWith(SharedNode.class)
class RegisterThenSyncIT {
    private static final int ROUNDS = 10_000;
    private static final int PAIRS = 20;
    private static final int SPREAD_NANOS = 3_000_000;

    private final Node node;

    RegisterThenSyncIT(Node node) {
        this.node = node;
    }

    @Test
    void f12_aMessageCommittedDuringHelloOrSyncIsSeenByPushOrSync() throws Exception {
        long seed = System.nanoTime();
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("pair-", 0).factory())) {
            List<Future<Integer>> pairs = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                pairs.add(threads.submit(new Pair(pair, new Random(seed + pair))));
            }
            int bySync = 0;
            for (var pair : pairs) {
                bySync += pair.get();
            }
            // Both sides of the race have to have been met, or the rounds proved nothing.
            assertThat(bySync).as("seen by sync, seed " + seed).isBetween(1, ROUNDS - 1);
        }
    }

    private final class Pair implements Callable<Integer> {
        private final String name;
        private final Random random;
        private final Address address = node.realtime();

        Pair(int number, Random random) {
            this.name = "f12-" + number;
            this.random = random;
        }

        @Override
        public Integer call() throws Exception {
            String token = node.token(name);
            try (var sender = Person.of(node, name + "-sender")) {
                long receiver;
                try (var first = Person.of(node, name)) {
                    receiver = first.id();
                }
                String conversation = Conversations.direct(sender.id(), receiver);
                int bySync = 0;
                long syncedAt = 0;
                for (int round = 1; round <= ROUNDS / PAIRS; round++) {
                    var sent = sendSoon(sender, conversation, round);
                    pause(random.nextInt(SPREAD_NANOS));
                    // A device of its own every time: a new login of the same one would wait for the old to go.
                    try (var device = Person.connected(address, token, "device " + round % 4, _ -> {})) {
                        var reply = device.done("sync", "since", round % 3 == 0 ? 0 : syncedAt);
                        syncedAt = reply.path("syncedAt").asLong();
                        if (holds(reply, conversation, round)) {
                            bySync++;
                        } else {
                            device.awaitEntry(conversation, round);
                        }
                    }
                    assertThat(Person.seq(Person.reply(sent))).isEqualTo(round);
                }
                return bySync;
            }
        }

        private CompletableFuture<JsonNode> sendSoon(Person sender, String conversation, int round) {
            int delay = random.nextInt(SPREAD_NANOS);
            var sent = new CompletableFuture<JsonNode>();
            Thread.ofVirtual().name("sender").start(() -> {
                pause(delay);
                sent.complete(Person.reply(sender.starting(conversation, "r" + round, "Round " + round)));
            });
            return sent;
        }
    }

    private static boolean holds(JsonNode reply, String conversation, long seq) {
        for (var item : reply.path("items")) {
            if (item.path("conversation").asString("").equals(conversation)) {
                return item.path("lastSeq").asLong() >= seq;
            }
        }
        return false;
    }

    private static void pause(int nanos) {
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
