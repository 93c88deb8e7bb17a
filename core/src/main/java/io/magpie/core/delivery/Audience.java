package io.magpie.core.delivery;

import io.magpie.core.session.Connection;
import io.magpie.core.session.Lane;
import io.magpie.core.session.Session;
import io.magpie.core.session.Sessions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The online members of one group on this node. Any thread. Their connections are kept sorted by lane until
/// somebody comes or goes.
final class Audience {
    private final Sessions sessions;
    private final long since;
    private final Set<Long> users = new HashSet<>();
    private @Nullable List<LaneShare> shares;

    Audience(Sessions sessions, long since) {
        this.sessions = sessions;
        this.since = since;
    }

    /// Since when somebody of the group has been here without a break.
    long since() {
        return since;
    }

    synchronized void add(long user) {
        users.add(user);
        shares = null;
    }

    synchronized void remove(long user) {
        users.remove(user);
        shares = null;
    }

    /// A session of one of the users came or went.
    synchronized void changed() {
        shares = null;
    }

    synchronized List<Long> users() {
        return List.copyOf(users);
    }

    synchronized int size() {
        return users.size();
    }

    synchronized boolean isEmpty() {
        return users.isEmpty();
    }

    synchronized List<LaneShare> shares() {
        if (shares == null) {
            shares = sorted();
        }
        return shares;
    }

    private List<LaneShare> sorted() {
        IdentityHashMap<Lane, List<Connection>> byLane = new IdentityHashMap<>();
        for (long user : users) {
            for (Session session : sessions.of(user)) {
                var connection = session.connection();
                byLane.computeIfAbsent(connection.lane(), _ -> new ArrayList<>())
                        .add(connection);
            }
        }
        return byLane.entrySet().stream()
                .map(e -> new LaneShare(e.getKey(), List.copyOf(e.getValue())))
                .toList();
    }
}
