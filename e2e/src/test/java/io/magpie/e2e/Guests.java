package io.magpie.e2e;

import io.magpie.bench.target.Address;
import io.magpie.bench.wire.Jwt;
import io.magpie.cluster.FleetNode;
import io.magpie.e2e.harness.Api;
import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// People on the nodes of a fleet.
final class Guests {
    static final String SECRET = "a secret of the tests, thirty-two bytes or more";
    static final String API_KEY = "an-operator-of-these-tests";

    private static final Jwt TOKENS = new Jwt(SECRET);
    private static final int BEAT_MS = 15_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Guests() {}

    static Person at(FleetNode node, String subject) throws IOException {
        return at(node, subject, "device of " + subject);
    }

    static Person at(FleetNode node, String subject, String device) throws IOException {
        return at(node, subject, device, _ -> {});
    }

    /// @param listener hears every frame in the order of arrival
    static Person at(FleetNode node, String subject, String device, Consumer<JsonNode> listener) throws IOException {
        var person = Person.connected(webSocket(node), token(subject), device, listener);
        Thread.ofVirtual().name("beat of " + subject).start(() -> beat(person));
        return person;
    }

    /// On a busy machine a test may be silent for longer than the server waits.
    private static void beat(Person person) {
        try {
            while (!person.isClosed()) {
                Thread.sleep(BEAT_MS);
                var _ = person.start("ping");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    static String token(String subject) {
        Instant now = Instant.now();
        return TOKENS.token(subject, subject, now.minusSeconds(5), now.plus(Duration.ofHours(1)));
    }

    static Address webSocket(FleetNode node) {
        return address(node.webSocket());
    }

    static Address http(FleetNode node) {
        return address(node.http());
    }

    static Address address(URI uri) {
        return new Address(uri.getHost(), uri.getPort());
    }

    static Api api(FleetNode node, String subject) {
        return new Api(http(node), token(subject));
    }

    static Api operator(FleetNode node) {
        return new Api(http(node), API_KEY);
    }

    /// Nobody else's.
    static String name(String of) {
        return of + "-" + NUMBER.incrementAndGet();
    }

    /// The conversation of a new group.
    static String group(FleetNode node, String owner, Person... members) {
        return group(node, owner, Arrays.stream(members).map(Person::id).toList());
    }

    static String group(FleetNode node, String owner, List<Long> members) {
        return "g."
                + api(node, owner)
                        .post("/api/v1/groups", "name", "Group of " + owner, "members", members)
                        .expect(201)
                        .body()
                        .path("groupId")
                        .asLong();
    }

    static boolean is(JsonNode push, String type) {
        return push.path("type").asString("").equals(type);
    }
}
