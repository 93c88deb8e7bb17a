package io.magpie.core.upkeep;

import io.magpie.core.cluster.Fact;
import io.magpie.core.device.Login;
import io.magpie.core.device.Logins;
import io.magpie.core.session.Session;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.session.Sessions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/// Closes sessions whose login ended on another node when the word of it was lost: at once after records may
/// have been, and every ten minutes in any case. One thread; blocks. [#suspect] from any.
public final class LoginCheck implements Chore {
    private static final long ROUND_MS = 600_000;
    private static final long TICK_MS = 1_000;
    private static final int BATCH = 1_000;

    private final Logins logins;
    private final Sessions sessions;
    private final SessionEnds ends;
    private final InstantSource clock;
    private final Queue<Session> due = new ArrayDeque<>();
    private volatile boolean suspect;
    private long lastRound;

    public LoginCheck(Logins logins, Sessions sessions, SessionEnds ends, InstantSource clock) {
        this.logins = logins;
        this.sessions = sessions;
        this.ends = ends;
        this.clock = clock;
        this.lastRound = clock.millis();
    }

    /// Words about logins that ended may not have come.
    public void suspect() {
        suspect = true;
    }

    @Override
    public String name() {
        return "looking whether logins of sessions are over";
    }

    @Override
    public long next() {
        if (due.isEmpty() && (suspect || clock.millis() - lastRound >= ROUND_MS)) {
            suspect = false;
            lastRound = clock.millis();
            due.addAll(sessions.all());
        }
        if (due.isEmpty()) {
            return TICK_MS;
        }
        long began = System.nanoTime();
        check(due.stream().limit(BATCH).toList());
        for (int i = 0; i < BATCH && !due.isEmpty(); i++) {
            due.remove();
        }
        return due.isEmpty() ? TICK_MS : Pace.after(began);
    }

    private void check(List<Session> batch) {
        var ids = batch.stream().map(session -> session.login().id()).collect(Collectors.toSet());
        long now = clock.millis();
        Set<Long> open = new HashSet<>();
        for (Login login : logins.findAll(ids)) {
            if (now < login.expiresAt()) {
                open.add(login.id());
            }
        }
        for (Session session : batch) {
            long login = session.login().id();
            if (!open.contains(login)) {
                ends.endHere(new Fact.Ended(session.user(), Set.of(login), Fact.Ending.LOGGED_OUT));
            }
        }
    }
}
