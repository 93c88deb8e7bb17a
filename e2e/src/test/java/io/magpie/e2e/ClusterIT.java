package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import io.magpie.bench.wire.Jwt;
import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.cluster.Launch;
import io.magpie.cluster.Plan;
import io.magpie.cluster.Topology;
import io.magpie.e2e.harness.Person;
import io.magpie.engines.Engine;
import io.magpie.server.MagpieServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Three nodes on MariaDB and Redis.
class ClusterIT {
    static final String SECRET = "a secret of the tests, thirty-two bytes or more";
    private static final String API_KEY = "an-operator-of-these-tests";
    private static final Jwt TOKENS = new Jwt(SECRET);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static Fleet fleet;

    @BeforeAll
    static void startNodes() {
        fleet = Fleet.start(
                new Plan(
                        folder,
                        new Topology(3, "mysql", "redis", "redis", "redis"),
                        Launch.classPath(System.getProperty("java.class.path"), MagpieServer.class.getName()),
                        List.of("log.level=info", "auth.apiKeys=[{name: operator, key: " + API_KEY + "}]"),
                        SECRET,
                        Plan.Lifetime.OF_THE_JVM,
                        false),
                _ -> {});
    }

    @AfterAll
    static void stopNodes() {
        fleet.close();
    }

    private static FleetNode node(int number) {
        return fleet.nodes().get(number);
    }

    static Person person(FleetNode node, String subject) throws IOException {
        return device(node, subject, "device of " + subject);
    }

    private static Person device(FleetNode node, String subject, String device) throws IOException {
        URI at = node.webSocket();
        Instant now = Instant.now();
        var token = TOKENS.token(subject, subject, now.minusSeconds(5), now.plus(Duration.ofHours(1)));
        return Person.connected(new Address(at.getHost(), at.getPort()), token, device, _ -> {});
    }

    static String name(String of) {
        return of + "-" + NUMBER.incrementAndGet();
    }

    static String pair(Person one, Person other) {
        return "d." + Math.min(one.id(), other.id()) + "." + Math.max(one.id(), other.id());
    }

    @Test
    void f11EveryPlacementOfSenderAndReceiver() throws IOException {
        for (FleetNode from : fleet.nodes()) {
            for (FleetNode to : fleet.nodes()) {
                try (var sender = person(from, name("sender"));
                        var receiver = person(to, name("receiver"))) {
                    var conversation = pair(sender, receiver);
                    for (int i = 1; i <= 3; i++) {
                        assertThat(sender.say(conversation, "m" + i)).isEqualTo(i);
                        receiver.awaitEntry(conversation, i);
                    }
                    assertThat(receiver.say(conversation, "back")).isEqualTo(4);
                    sender.awaitEntry(conversation, 4);
                }
            }
        }
    }

    @Test
    void presenceTypingAndCursorsCrossNodes() throws IOException {
        try (var one = person(node(0), name("one"))) {
            var other = person(node(1), name("other"));
            var conversation = pair(one, other);
            one.say(conversation, "hello");
            other.awaitEntry(conversation, 1);
            var states = one.done("presence", "users", List.of(other.id())).path("states");
            assertThat(states.get(0).path("online").asBoolean()).isTrue();
            other.done("read", "conversation", conversation, "seq", 1);
            one.await(push -> is(push, "read"), "the read mark");
            other.done("typing", "conversation", conversation, "active", true);
            one.await(push -> is(push, "typing"), "typing");
            other.close();
            one.await(
                    push -> is(push, "presence")
                            && !push.path("states").get(0).path("online").asBoolean(),
                    "the end of the other's presence");
        }
    }

    @Test
    void aDeviceThatConnectsElsewhereReplacesItself() throws IOException {
        String subject = name("mover");
        try (var first = device(node(0), subject, "phone");
                var second = device(node(1), subject, "phone")) {
            first.await(
                    push -> is(push, "bye") && push.path("reason").asString("").equals("replaced"), "replaced");
            assertThat(second.done("ping").path("type").asString()).isEqualTo("pong");
        }
    }

    /// Seqs come from the store alone; pushes between nodes work again by themselves.
    @Test
    void f1F2RedisLosesEverythingUnderLoad() throws IOException {
        try (var sender = person(node(0), name("sender"));
                var receiver = person(node(2), name("receiver"))) {
            var conversation = pair(sender, receiver);
            for (int i = 1; i <= 60; i++) {
                assertThat(sender.say(conversation, "m" + i)).isEqualTo(i);
                if (i == 20) {
                    fleet.wipeRedis();
                }
                if (i == 40) {
                    fleet.engine(Engine.REDIS).kill();
                    fleet.engine(Engine.REDIS).restart();
                }
            }
            var seqs = new ArrayList<Long>();
            receiver.await(
                    push -> {
                        if (Person.isEntry(push, conversation)) {
                            seqs.add(push.path("seq").asLong());
                        }
                        return seqs.contains(60L);
                    },
                    "the last entry");
            assertThat(seqs.stream().distinct())
                    .isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
        }
    }

    /// The node that acknowledged dies; the same device is let in elsewhere at once and repeats what it sent.
    @Test
    void f31F35AKilledNodeTakesNothingWithIt() throws IOException {
        FleetNode dying = node(1);
        String subject = name("sender");
        try (var receiver = person(node(0), name("receiver"))) {
            var sender = device(dying, subject, "phone");
            var conversation = pair(sender, receiver);
            List<CompletableFuture<JsonNode>> sends = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sends.add(sender.starting(conversation, "c" + i, "m" + i));
            }
            Person.reply(sends.get(50));
            dying.kill();
            try (var again = device(node(2), subject, "phone")) {
                for (int i = 0; i < 200; i++) {
                    var repeated = Person.seq(Person.reply(again.starting(conversation, "c" + i, "m" + i)));
                    if (sends.get(i).isDone() && !sends.get(i).isCompletedExceptionally()) {
                        assertThat(repeated).isEqualTo(Person.seq(sends.get(i).join()));
                    }
                }
                assertThat(again.history(conversation, 0)).hasSize(200);
                receiver.awaitEntry(conversation, 200);
            } finally {
                dying.start();
            }
        }
    }

    /// F39: neither a drained nor a dead node is handed out, and clients of a drained one are told where to go.
    @Test
    void f39ADrainedNodeIsNotHandedOut() throws Exception {
        FleetNode drained = node(2);
        try (var client = person(drained, name("client"))) {
            assertThat(post(node(0), "/api/v1/nodes/" + drained.id() + "/drain"))
                    .isEqualTo(202);
            var bye = client.await(push -> is(push, "bye"), "bye");
            assertThat(bye.path("reason").asString()).isEqualTo("draining");
            assertThat(bye.path("url").asString())
                    .isIn(node(0).webSocket().toString(), node(1).webSocket().toString());
        }
        Instant until = Instant.now().plus(Person.PATIENCE);
        while (drained.state() != FleetNode.State.DOWN) {
            assertThat(get(node(0), "/api/v1/gateway")).doesNotContain("\"" + drained.id() + "\"");
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(100);
        }
        drained.start();
        while (!get(node(0), "/api/v1/nodes").contains("\"" + drained.id() + "\",\"state\":\"up\"")) {
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(100);
        }
    }

    static boolean is(JsonNode push, String type) {
        return push.path("type").asString("").equals(type);
    }

    private static int post(FleetNode node, String path) throws IOException, InterruptedException {
        return HTTP.send(
                        request(node, path)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String get(FleetNode node, String path) throws IOException, InterruptedException {
        return HTTP.send(request(node, path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(FleetNode node, String path) {
        return HttpRequest.newBuilder(node.http().resolve(path)).header("Authorization", "Bearer " + API_KEY);
    }
}
