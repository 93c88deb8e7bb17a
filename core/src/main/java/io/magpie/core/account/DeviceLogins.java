package io.magpie.core.account;

import io.magpie.core.cluster.Fact;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Logins;
import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.store.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Opens, prolongs and ends the logins of devices, and tells the live connections of those that end.
final class DeviceLogins {
    private static final long SLIDE_AFTER_MS = Duration.ofDays(1).toMillis();

    private final Journal journal;
    private final Logins logins;
    private final SessionEnds ends;
    private final DevicePolicy policy;
    private final InstantSource clock;

    DeviceLogins(Journal journal, Logins logins, SessionEnds ends, DevicePolicy policy, InstantSource clock) {
        this.journal = journal;
        this.logins = logins;
        this.ends = ends;
        this.policy = policy;
        this.clock = clock;
    }

    private record Opened(Login login, Set<Long> ended) {}

    /// What must still hold when the login is committed.
    interface Condition {
        boolean holds(Transaction tx);
    }

    boolean alive(Login login) {
        return clock.millis() < login.expiresAt();
    }

    boolean open(long login) {
        return logins.find(login).filter(this::alive).isPresent();
    }

    List<Login> of(long user) {
        return logins.ofUser(user).stream().filter(this::alive).toList();
    }

    Optional<Login> byToken(String token) {
        return logins.byToken(Tokens.hash(token)).filter(this::alive).map(this::slide);
    }

    /// A new login; those that the policy ends are told `replaced`.
    Outcome<Login> open(long user, Device device, byte[] tokenHash, Condition condition) {
        return told(
                user,
                journal.transact(tx ->
                        condition.holds(tx) ? Outcome.done(open(tx, user, device, tokenHash)) : LoginService.wrong()));
    }

    /// The device's login, a new one without a token if it has none.
    Outcome<Login> reuse(long user, Device device) {
        var there = ofDevice(of(user), device);
        return there.isPresent()
                ? Outcome.done(slide(there.get()))
                : told(
                        user,
                        Outcome.done(journal.share(
                                tx -> ofDevice(tx.on(Logins.Edits.class).ofUser(user), device)
                                        .filter(this::alive)
                                        .map(login -> new Opened(login, Set.of()))
                                        .orElseGet(() -> open(tx, user, device, null)))));
    }

    /// After the commit that closed them.
    void tell(long user, Set<Long> ended, Fact.Ending why) {
        ends.ended(user, ended, why);
    }

    private Outcome<Login> told(long user, Outcome<Opened> outcome) {
        return outcome.map(opened -> {
            tell(user, opened.ended(), Fact.Ending.REPLACED);
            return opened.login();
        });
    }

    private Opened open(Transaction tx, long user, Device device, byte @Nullable [] tokenHash) {
        var edits = tx.on(Logins.Edits.class);
        var ended = edits.ofUser(user).stream()
                .filter(login -> !alive(login) || policy.ends(login.device(), device))
                .map(Login::id)
                .collect(Collectors.toSet());
        ended.forEach(edits::close);
        long now = clock.millis();
        return new Opened(edits.open(user, device, tokenHash, now, now + Login.LIFE_MS), ended);
    }

    /// At most one write per login and day. A store that cannot write keeps nobody from reading.
    private Login slide(Login login) {
        long now = clock.millis();
        if (now - login.lastSeenAt() < SLIDE_AFTER_MS) {
            return login;
        }
        try {
            journal.transact(tx -> {
                tx.on(Logins.Edits.class).extend(login.id(), now, now + Login.LIFE_MS);
                return Outcome.done(login.id());
            });
        } catch (StoreUnavailableException _) {
            return login;
        }
        return new Login(login.id(), login.user(), login.device(), login.createdAt(), now, now + Login.LIFE_MS);
    }

    private static Optional<Login> ofDevice(List<Login> logins, Device device) {
        return logins.stream()
                .filter(login -> login.device().id().equals(device.id()))
                .findFirst();
    }
}
