package io.magpie.core.node;

import io.magpie.core.cluster.Homes;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.command.Event;
import io.magpie.core.session.Session;
import io.magpie.core.session.Sessions;
import io.magpie.core.upkeep.Chore;
import java.util.random.RandomGenerator;

/// Sends sessions that are not on their user's home there, some of them every second, so that a node that
/// comes or goes does not move everybody at once. One thread.
public final class HomeComing implements Chore {
    private static final long TICK_MS = 1_000;

    /// One of so many strangers leaves per second.
    private static final int SHARE = 10;

    private static final int AT_LEAST = 50;
    private static final long SPREAD_MS = 1_000;

    private final Incarnation me;
    private final Homes homes;
    private final Sessions sessions;
    private final RandomGenerator random;

    public HomeComing(Incarnation me, Homes homes, Sessions sessions, RandomGenerator random) {
        this.me = me;
        this.homes = homes;
        this.sessions = sessions;
        this.random = random;
    }

    @Override
    public String name() {
        return "sending sessions home";
    }

    @Override
    public long next() {
        var strangers = sessions.all().stream().filter(this::isStranger).toList();
        strangers.stream().limit(Math.max(AT_LEAST, strangers.size() / SHARE)).forEach(this::send);
        return TICK_MS;
    }

    private boolean isStranger(Session session) {
        return homes.of(session.user())
                .filter(home -> !home.id().equals(me.node()))
                .isPresent();
    }

    private void send(Session session) {
        homes.of(session.user()).ifPresent(home -> {
            var bye = new Event.Bye(Event.Bye.Reason.MOVED, random.nextLong(SPREAD_MS), home.websocket());
            var connection = session.connection();
            connection.lane().execute(() -> connection.bye(bye));
        });
    }
}
