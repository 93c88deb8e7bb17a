package io.magpie.core.account;

import io.magpie.core.cluster.Fact;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Logins;
import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.SessionEnds;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Logs devices in and out. A login that ends takes its live connections with it, after the commit. Blocks.
public final class LoginService {
    private final Journal journal;
    private final Accounts accounts;
    private final PasswordHash passwords;
    private final AccountLimits limits;
    private final DeviceLogins devices;
    private final Tokens tokens;

    public LoginService(
            Journal journal,
            Accounts accounts,
            Logins logins,
            SessionEnds ends,
            PasswordHash passwords,
            AccountLimits limits,
            AccountSettings settings,
            InstantSource clock) {
        this.journal = journal;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
        this.devices = new DeviceLogins(journal, logins, ends, settings.devices(), clock);
        this.tokens = new Tokens(new SecureRandom());
    }

    /// A wrong password and an unknown user get the same answer after the same work.
    public Outcome<NewLogin> logIn(String username, String password, Device device, String address) {
        var tooFast = limits.login(address);
        return tooFast.isPresent()
                ? Outcome.rejected(tooFast.get())
                : verified(username, password).then(credentials -> open(username, credentials, device));
    }

    /// Devices logged in, the latest seen first.
    public List<Login> list(long user) {
        return devices.of(user);
    }

    /// Logs one device out.
    public Outcome<Login> end(long user, long login) {
        return journal.<Login>transact(tx -> {
                    var edits = tx.on(Logins.Edits.class);
                    var there = edits.find(login).filter(found -> found.user() == user);
                    there.ifPresent(found -> edits.close(found.id()));
                    return there.map(Outcome::done)
                            .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "session: none with id " + login));
                })
                .map(ended -> {
                    devices.tell(user, Set.of(ended.id()), Fact.Ending.LOGGED_OUT);
                    return ended;
                });
    }

    /// Changes the password and ends all logins but `current`.
    ///
    /// @param oldPassword null if a back end vouches for the change
    /// @param current null if no login stands behind the request
    public Outcome<Long> changePassword(
            long user, @Nullable String oldPassword, String newPassword, @Nullable Login current) {
        var username = accounts.find(user).map(Account::username);
        if (username.isEmpty()) {
            return Outcome.rejected(ErrorCode.CONFLICT, "password: this account has no username to log in with");
        }
        return AccountRules.password("newPassword", newPassword)
                .then(_ -> oldPassword == null ? vouchedFor() : known(username.get(), oldPassword))
                .then(condition -> passwords.hash(newPassword).then(hash -> replace(user, hash, condition, current)));
    }

    static <T> Outcome<T> wrong() {
        return Outcome.rejected(ErrorCode.UNAUTHENTICATED, "username or password is wrong");
    }

    /// For a device that needs no token of ours.
    Outcome<Login> reuse(long user, Device device) {
        return devices.reuse(user, device);
    }

    DeviceLogins devices() {
        return devices;
    }

    private static Outcome<DeviceLogins.Condition> vouchedFor() {
        return Outcome.done(_ -> true);
    }

    private Outcome<DeviceLogins.Condition> known(String username, String password) {
        return verified(username, password).map(credentials -> unchanged(username, credentials));
    }

    /// The password that was compared outside of the transaction is still the one.
    private static DeviceLogins.Condition unchanged(String username, Accounts.Credentials credentials) {
        return tx -> tx.on(Accounts.Edits.class)
                .credentials(username)
                .filter(credentials::equals)
                .isPresent();
    }

    private Outcome<Long> replace(long user, String hash, DeviceLogins.Condition condition, @Nullable Login current) {
        return journal.<Set<Long>>transact(tx -> {
                    if (!condition.holds(tx)) {
                        return wrong();
                    }
                    tx.on(Accounts.Edits.class).password(user, hash);
                    var edits = tx.on(Logins.Edits.class);
                    var ended = edits.ofUser(user).stream()
                            .map(Login::id)
                            .filter(id -> current == null || id != current.id())
                            .collect(Collectors.toSet());
                    ended.forEach(edits::close);
                    return Outcome.done(ended);
                })
                .map(ended -> {
                    devices.tell(user, ended, Fact.Ending.LOGGED_OUT);
                    return user;
                });
    }

    private Outcome<Accounts.Credentials> verified(String username, String password) {
        var tooFast = limits.guess(username);
        if (tooFast.isPresent()) {
            return Outcome.rejected(tooFast.get());
        }
        var credentials = accounts.credentials(username);
        Outcome<Boolean> matches = passwords.matches(
                password, credentials.map(Accounts.Credentials::passwordHash).orElse(null));
        return matches.then(right -> {
            if (!right || credentials.isEmpty()) {
                return wrong();
            }
            limits.guessedRight(username);
            return Outcome.done(credentials.get());
        });
    }

    private Outcome<NewLogin> open(String username, Accounts.Credentials credentials, Device device) {
        String token = tokens.next();
        return devices.open(credentials.user(), device, Tokens.hash(token), unchanged(username, credentials))
                .map(login -> new NewLogin(token, login));
    }
}
