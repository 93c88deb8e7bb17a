package io.magpie.core.account;

import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.journal.Journal;
import io.magpie.core.limit.Utf8;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.Authenticator;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Who a token speaks for: a session token of ours, or a JWT of the operator's identity provider. The first sight of
/// a JWT's `sub` creates the account. Blocks; any thread but an event loop.
public final class TokenService implements Authenticator {
    private static final int MAX_TOKEN_CHARS = 8192;

    private final Journal journal;
    private final Accounts accounts;
    private final LoginService logins;
    private final @Nullable IdentityProvider provider;
    private final InstantSource clock;

    /// @param provider null if JWTs are not accepted
    public TokenService(
            Journal journal,
            Accounts accounts,
            LoginService logins,
            @Nullable IdentityProvider provider,
            InstantSource clock) {
        this.journal = journal;
        this.accounts = accounts;
        this.logins = logins;
        this.provider = provider;
        this.clock = clock;
    }

    /// For one HTTP request.
    public Outcome<Principal> authenticate(String token) {
        return jwt(token)
                ? identity(token).then(this::account).map(account -> new Principal(account.id(), null))
                : login(token).map(login -> new Principal(login.user(), login));
    }

    /// For a live connection. A JWT opens the login of (user, device id) or finds it open.
    @Override
    public Outcome<Login> authenticate(String token, Device device) {
        return jwt(token)
                ? identity(token).then(this::account).then(account -> logins.reuse(account.id(), device))
                : login(token);
    }

    @Override
    public boolean open(Login login) {
        return logins.devices().open(login.id());
    }

    /// Our own tokens have no dots.
    private boolean jwt(String token) {
        return provider != null && token.indexOf('.') >= 0;
    }

    private Outcome<Login> login(String token) {
        return token.length() > MAX_TOKEN_CHARS
                ? refused()
                : logins.devices().byToken(token).map(Outcome::done).orElseGet(TokenService::refused);
    }

    private Outcome<Identity> identity(String token) {
        return provider == null || token.length() > MAX_TOKEN_CHARS ? refused() : provider.verify(token);
    }

    private Outcome<Account> account(Identity identity) {
        long bytes = Utf8.length(identity.subject());
        if (bytes < 1 || bytes > Identity.MAX_SUBJECT_BYTES) {
            return Outcome.rejected(
                    ErrorCode.UNAUTHENTICATED,
                    "token: sub of " + bytes + " bytes (expected: 1.." + Identity.MAX_SUBJECT_BYTES + ")");
        }
        var known = accounts.byExternal(identity.subject());
        return known.isPresent() && updated(known.get(), identity).equals(known.get())
                ? Outcome.done(known.get())
                : Outcome.done(takenOver(identity));
    }

    /// Many people may come for the first time at once, after a launch or a restart: they share transactions.
    private Account takenOver(Identity identity) {
        return journal.share(tx -> {
            var edits = tx.on(Accounts.Edits.class);
            var known = edits.byExternal(identity.subject())
                    .or(() -> edits.insert(null, null, identity.subject(), nickname(identity, ""), "", clock.millis()))
                    .orElseThrow();
            var now = updated(known, identity);
            if (!now.equals(known)) {
                edits.update(now);
            }
            return now;
        });
    }

    /// What the provider says wins; what it does not say, or what cannot be shown, stays.
    private static Account updated(Account account, Identity identity) {
        var picture = identity.picture() == null ? null : AccountRules.picture(identity.picture());
        return new Account(
                account.id(),
                account.username(),
                account.external(),
                nickname(identity, account.nickname()),
                picture instanceof Outcome.Done<String>(String avatar) ? avatar : account.avatar(),
                account.bio(),
                account.createdAt(),
                account.lastSeenAt());
    }

    private static String nickname(Identity identity, String otherwise) {
        if (identity.name() == null || Utf8.length(identity.name()) < 0) {
            return otherwise;
        }
        var shortened = Utf8.shorten(identity.name(), AccountRules.MAX_NICKNAME_BYTES);
        return AccountRules.NICKNAME.check(shortened) instanceof Outcome.Done<String>(String name) ? name : otherwise;
    }

    private static <T> Outcome<T> refused() {
        return Outcome.rejected(ErrorCode.UNAUTHENTICATED, "token: unknown or ended; log in again");
    }
}
