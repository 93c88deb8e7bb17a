package io.magpie.core.upkeep;

import io.magpie.core.device.Login;
import io.magpie.core.device.Logins;
import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Prolongs the logins of devices that stay connected for days, once a day: only a `hello` or a call would do it
/// otherwise, and a login in use must not expire. One thread; blocks.
public final class LiveLogins implements Chore {
    private static final long ROUND_MS = Duration.ofDays(1).toMillis();

    private final Journal journal;
    private final Sessions sessions;
    private final InstantSource clock;
    private final List<Long> due = new ArrayList<>();

    public LiveLogins(Journal journal, Sessions sessions, InstantSource clock) {
        this.journal = journal;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "prolonging the logins of connected devices";
    }

    @Override
    public long next() {
        long began = System.nanoTime();
        if (due.isEmpty()) {
            due.addAll(sessions.logins());
        }
        var batch = due.subList(Math.max(0, due.size() - Pace.BATCH), due.size());
        if (!batch.isEmpty()) {
            long now = clock.millis();
            journal.transact(tx -> {
                batch.forEach(login -> tx.on(Logins.Edits.class).extend(login, now, now + Login.LIFE_MS));
                return Outcome.done(batch.size());
            });
            batch.clear();
        }
        return due.isEmpty() ? ROUND_MS : Pace.after(began);
    }
}
