package io.magpie.e2e;

import io.magpie.cluster.FleetNode;
import io.magpie.e2e.harness.Person;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// What somebody who watches others believes of them. Thread-safe.
final class PresenceView implements AutoCloseable {
    private final Map<Long, JsonNode> states = new ConcurrentHashMap<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final Person person;

    private PresenceView(FleetNode node, String subject, List<Long> users) throws IOException {
        person = Guests.at(node, subject, "watch", this::hear);
        person.done("presence", "users", users);
    }

    static PresenceView at(FleetNode node, String subject, List<Long> users) throws IOException {
        return new PresenceView(node, subject, users);
    }

    private void hear(JsonNode frame) {
        if (Guests.is(frame, "presence")) {
            frames.incrementAndGet();
            frame.path("states").forEach(state -> states.put(state.path("user").asLong(), state));
        }
    }

    SortedSet<Long> online() {
        SortedSet<Long> online = new TreeSet<>();
        states.forEach((user, state) -> {
            if (state.path("online").asBoolean()) {
                online.add(user);
            }
        });
        return online;
    }

    /// When the user was last seen, 0 while online or if never.
    long lastSeen(long user) {
        var state = states.get(user);
        return state == null ? 0 : state.path("lastSeenAt").asLong();
    }

    int frames() {
        return frames.get();
    }

    @Override
    public void close() {
        person.close();
    }
}
