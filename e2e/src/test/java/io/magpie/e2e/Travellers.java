package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// People who talk all the time, wherever they are let in: they connect where the placement tells them, come back
/// when their node goes, and repeat what has no answer.
final class Travellers implements AutoCloseable {
    private static final Set<String> TRY_AGAIN = Set.of("unavailable", "rate-limited");
    private static final int PACE_MS = 1_200;

    private final Fleet fleet;
    private final List<Traveller> all = new ArrayList<>();
    private final List<Future<Integer>> lives = new ArrayList<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("traveller-", 0).factory());
    private volatile boolean tired;

    private Travellers(Fleet fleet) {
        this.fleet = fleet;
    }

    /// Returns when each has sent once.
    static Travellers started(Fleet fleet, int number) throws InterruptedException {
        var travellers = new Travellers(fleet);
        for (int i = 0; i < number; i++) {
            travellers.all.add(travellers.new Traveller(Guests.name("traveller"), i));
        }
        travellers.all.forEach(traveller -> travellers.lives.add(travellers.threads.submit(traveller::live)));
        travellers.allHaveSentOnceMore();
        return travellers;
    }

    List<Long> ids() {
        return all.stream().map(traveller -> traveller.id).toList();
    }

    void allHaveSentOnceMore() throws InterruptedException {
        var before = all.stream().map(Traveller::sent).toList();
        for (int i = 0; i < all.size(); i++) {
            var traveller = all.get(i);
            int number = i;
            OnThreeNodes.until(traveller.name + " sends", () -> {
                if (lives.get(number).isDone()) {
                    throw new AssertionError(traveller.name + " ended: " + lives.get(number));
                }
                return traveller.sent() > before.get(number);
            });
        }
    }

    void stop() throws ExecutionException, InterruptedException {
        tired = true;
        for (int i = 0; i < all.size(); i++) {
            assertThat(lives.get(i).get()).isEqualTo(all.get(i).sent());
        }
    }

    void findWhatTheySent(FleetNode node) throws IOException {
        for (int i = 0; i < all.size(); i += 7) {
            var traveller = all.get(i);
            try (var person = Guests.at(node, traveller.name)) {
                assertThat(person.history(Conversations.direct(person, person), 0))
                        .as(traveller.name)
                        .hasSize(traveller.sent());
            }
        }
    }

    @Override
    public void close() {
        tired = true;
        threads.shutdownNow();
    }

    private final class Traveller {
        private final String name;
        private int next;
        private final AtomicInteger acknowledged = new AtomicInteger();
        private volatile long id;

        Traveller(String name, int first) {
            this.name = name;
            this.next = first;
        }

        int sent() {
            return acknowledged.get();
        }

        /// How many messages were acknowledged.
        int live() throws InterruptedException {
            while (!tired) {
                try (var person = Person.connected(placed(), Guests.token(name), "phone", _ -> {})) {
                    id = person.id();
                    stay(person);
                } catch (IOException | UncheckedIOException | ExecutionException _) {
                    // A node that goes or comes. A client waits a little and tries again.
                }
                Thread.sleep(ThreadLocalRandom.current().nextInt(300));
            }
            return sent();
        }

        private void stay(Person person) throws InterruptedException, ExecutionException {
            var own = Conversations.direct(person, person);
            while (!tired && !person.isClosed()) {
                var reply =
                        person.starting(own, "m" + sent(), "Message " + sent()).get();
                String code = reply.path("code").asString("");
                if (code.isEmpty()) {
                    // Each message has its place, however often it was sent.
                    assertThat(Person.seq(reply)).isEqualTo(acknowledged.incrementAndGet());
                } else {
                    assertThat(code).as("%s", reply).isIn(TRY_AGAIN);
                }
                Thread.sleep(ThreadLocalRandom.current().nextInt(PACE_MS));
            }
        }

        /// Where whichever node is asked sends them.
        private Address placed() throws IOException {
            FleetNode asked = fleet.nodes().get(next++ % fleet.nodes().size());
            var answer = Guests.api(asked, name).get("/api/v1/gateway");
            if (answer.status() != 200) {
                throw new IOException("no place: " + answer);
            }
            return Guests.address(URI.create(answer.body().path("websocket").asString()));
        }
    }
}
