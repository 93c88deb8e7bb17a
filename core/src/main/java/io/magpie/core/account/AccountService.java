package io.magpie.core.account;

import io.magpie.core.file.FileRules;
import io.magpie.core.file.Files;
import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Registers people, and reads and changes their profiles. Blocks.
public final class AccountService {
    private final Journal journal;
    private final Accounts accounts;
    private final PasswordHash passwords;
    private final AccountLimits limits;
    private final AccountSettings settings;
    private final InstantSource clock;

    public AccountService(
            Journal journal,
            Accounts accounts,
            PasswordHash passwords,
            AccountLimits limits,
            AccountSettings settings,
            InstantSource clock) {
        this.journal = journal;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    /// What a person changes about itself; null leaves as it is.
    public record Change(
            @Nullable String nickname,
            @Nullable String bio,
            @Nullable String avatar) {}

    /// A person registers.
    public Outcome<Account> register(NewAccount person, String address) {
        if (!settings.registration()) {
            return Outcome.rejected(ErrorCode.FORBIDDEN, "registration is closed here; ask the operator");
        }
        if (person.username() == null || person.password() == null) {
            return missing(person.username() == null ? "username" : "password");
        }
        var tooFast = limits.registration(address);
        return tooFast.isPresent()
                ? Outcome.rejected(tooFast.get())
                : create(
                        new NewAccount(person.username(), person.password(), null, person.nickname(), person.avatar()));
    }

    /// A back end creates a user: with a username, an external id, or both; without a password nobody can log in with
    /// one.
    public Outcome<Account> create(NewAccount person) {
        if (person.username() == null && person.external() == null) {
            return missing("username");
        }
        if (person.username() == null && person.password() != null) {
            return missing("username");
        }
        return checked(person).then(this::unlessTaken).then(this::insert);
    }

    public Outcome<Account> find(long user) {
        return accounts.find(user)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "user: no user " + user));
    }

    /// Those that exist, in no order.
    public List<Account> findAll(Collection<Long> users) {
        return accounts.findAll(users);
    }

    public Optional<Account> byExternal(String external) {
        return accounts.byExternal(external);
    }

    /// Accounts whose username or nickname begins with the query.
    public Outcome<List<Account>> search(String query, int limit) {
        return AccountRules.QUERY.check(query).map(text -> accounts.search(text, limit));
    }

    public Outcome<Account> change(long user, Change change) {
        return optional(change.nickname(), AccountRules.NICKNAME::check)
                .then(nickname -> optional(change.bio(), AccountRules.BIO::check)
                        .then(bio -> optional(change.avatar(), AccountRules::avatar)
                                .then(avatar -> update(user, nickname, bio, avatar))));
    }

    private Outcome<Account> update(
            long user, Optional<String> nickname, Optional<String> bio, Optional<String> avatar) {
        return journal.transact(tx -> {
            var edits = tx.on(Accounts.Edits.class);
            var now = edits.find(user);
            if (now.isEmpty()) {
                return Outcome.rejected(ErrorCode.NOT_FOUND, "user: no user " + user);
            }
            var account = now.get();
            var picture = avatar.orElse(account.avatar());
            return FileRules.avatar(tx.on(Files.Edits.class), user, picture, account.avatar())
                    .map(_ -> new Account(
                            account.id(),
                            account.username(),
                            account.external(),
                            nickname.orElse(account.nickname()),
                            picture,
                            bio.orElse(account.bio()),
                            account.createdAt(),
                            account.lastSeenAt()))
                    .map(changed -> {
                        edits.update(changed);
                        return changed;
                    });
        });
    }

    private static Outcome<NewAccount> checked(NewAccount person) {
        return optional(person.username(), AccountRules::username)
                .then(username -> optional(person.password(), given -> AccountRules.password("password", given))
                        .then(password -> optional(person.external(), AccountRules.EXTERNAL::check)
                                .then(external -> optional(person.nickname(), AccountRules.NICKNAME::check)
                                        .then(nickname -> optional(person.avatar(), AccountRules::picture)
                                                .map(avatar -> new NewAccount(
                                                        username.orElse(null),
                                                        password.orElse(null),
                                                        external.orElse(null),
                                                        nickname.orElse(null),
                                                        avatar.orElse("")))))));
    }

    /// Looked at before the costly hash; the insert decides.
    private Outcome<NewAccount> unlessTaken(NewAccount person) {
        boolean taken = (person.username() != null
                        && accounts.byUsername(person.username()).isPresent())
                || (person.external() != null
                        && accounts.byExternal(person.external()).isPresent());
        return taken ? taken() : Outcome.done(person);
    }

    private Outcome<Account> insert(NewAccount person) {
        Outcome<Optional<String>> hash = optional(person.password(), passwords::hash);
        return hash.then(stored -> journal.transact(tx -> tx.on(Accounts.Edits.class)
                .insert(
                        person.username(),
                        stored.orElse(null),
                        person.external(),
                        nickname(person),
                        person.avatar() == null ? "" : person.avatar(),
                        clock.millis())
                .map(Outcome::done)
                .orElseGet(AccountService::taken)));
    }

    private static String nickname(NewAccount person) {
        return Optional.ofNullable(person.nickname())
                .or(() -> Optional.ofNullable(person.username()))
                .orElse("");
    }

    private static <T> Outcome<Optional<T>> optional(@Nullable String given, Function<String, Outcome<T>> check) {
        return given == null
                ? Outcome.done(Optional.empty())
                : check.apply(given).map(Optional::of);
    }

    private static <T> Outcome<T> taken() {
        return Outcome.rejected(ErrorCode.CONFLICT, "username: taken already");
    }

    private static <T> Outcome<T> missing(String field) {
        return Outcome.rejected(ErrorCode.MALFORMED, field + ": missing");
    }
}
