package io.magpie.core.delivery;

import io.magpie.core.session.Connection;
import io.magpie.core.session.Lane;
import io.magpie.core.session.Session;
import io.magpie.core.session.Sessions;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The online members of one group on this node. Any thread. Their connections are kept sorted by lane until
/// somebody comes or goes.
final class Audience {
    private final Sessions sessions;
    private final long since;
    /// In ascending order, and at the same places the first seqs that they may see.
    private final Longs users = new Longs();

    private final Longs firstSeqs = new Longs();
    private long newest;
    private @Nullable List<LaneShare> shares;

    Audience(Sessions sessions, long since) {
        this.sessions = sessions;
        this.since = since;
    }

    /// Since when somebody of the group has been here without a break.
    long since() {
        return since;
    }

    /// @param from the first seq the user may see; 0 for whoever comes in the order of the log
    synchronized void add(long user, long from) {
        int at = users.find(user);
        if (at >= 0) {
            firstSeqs.set(at, from);
        } else {
            users.insert(-1 - at, user);
            firstSeqs.insert(-1 - at, from);
        }
        newest = Math.max(newest, from);
        shares = null;
    }

    synchronized void remove(long user) {
        int at = users.find(user);
        if (at >= 0) {
            users.remove(at);
            firstSeqs.remove(at);
        }
        shares = null;
    }

    /// A session of one of the users came or went.
    synchronized void changed() {
        shares = null;
    }

    synchronized List<Long> users() {
        return users.toList();
    }

    synchronized int size() {
        return users.size();
    }

    synchronized boolean isEmpty() {
        return users.size() == 0;
    }

    /// Those who may see the entry: one who connects right after joining is here before what came earlier was
    /// delivered.
    synchronized List<LaneShare> shares(long seq) {
        if (seq < newest) {
            return sorted(seq);
        }
        if (shares == null) {
            shares = sorted(Long.MAX_VALUE);
        }
        return shares;
    }

    private List<LaneShare> sorted(long seq) {
        IdentityHashMap<Lane, List<Connection>> byLane = new IdentityHashMap<>();
        for (int i = 0; i < users.size(); i++) {
            for (Session session : firstSeqs.get(i) <= seq ? sessions.of(users.get(i)) : List.<Session>of()) {
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
