package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/// Logs in and syncs again and again while somebody sends: each message is seen by a push or by the sync.
final class SyncRace {
    private static final int PAIRS = 20;
    private static final int SPREAD_NANOS = 3_000_000;

    private final int rounds;
    private final Senders senders;
    private final Receivers receivers;

    /// The sender of a pair.
    interface Senders {
        Person of(int pair, String subject) throws IOException;
    }

    /// A device of the receiver of a pair, just connected.
    interface Receivers {
        Person of(int pair, String subject, String device) throws IOException;
    }

    SyncRace(int rounds, Senders senders, Receivers receivers) {
        this.rounds = rounds;
        this.senders = senders;
        this.receivers = receivers;
    }

    void run() throws Exception {
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
            assertThat(bySync).as("seen by sync, seed " + seed).isBetween(1, rounds - 1);
        }
    }

    private final class Pair implements Callable<Integer> {
        private final int number;
        private final String name = Guests.name("race");
        private final Random random;

        Pair(int number, Random random) {
            this.number = number;
            this.random = random;
        }

        @Override
        public Integer call() throws Exception {
            try (var sender = senders.of(number, name + "-sender")) {
                long receiver;
                try (var first = receivers.of(number, name, "first")) {
                    receiver = first.id();
                }
                String conversation = Conversations.direct(sender.id(), receiver);
                int bySync = 0;
                long syncedAt = 0;
                for (int round = 1; round <= rounds / PAIRS; round++) {
                    var sent = sendSoon(sender, conversation, round);
                    pause(random.nextInt(SPREAD_NANOS));
                    // A device of its own every time: a new login of the same one would wait for the old to go.
                    try (var device = receivers.of(number, name, "device " + round % 4)) {
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
