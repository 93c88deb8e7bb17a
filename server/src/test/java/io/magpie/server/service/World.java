package io.magpie.server.service;

import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.core.account.Account;
import io.magpie.core.account.AccountLimits;
import io.magpie.core.account.AccountService;
import io.magpie.core.account.AccountSettings;
import io.magpie.core.account.DevicePolicy;
import io.magpie.core.account.IdentityProvider;
import io.magpie.core.account.LoginService;
import io.magpie.core.account.NewAccount;
import io.magpie.core.account.TokenService;
import io.magpie.core.cluster.Relay;
import io.magpie.core.contact.ContactService;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Platform;
import io.magpie.core.group.GroupService;
import io.magpie.core.group.GroupSettings;
import io.magpie.core.group.JoinService;
import io.magpie.core.group.MembershipService;
import io.magpie.core.journal.AfterCommit;
import io.magpie.core.journal.Journal;
import io.magpie.core.journal.Settled;
import io.magpie.core.limit.Rate;
import io.magpie.core.limit.TokenBuckets;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.Session;
import io.magpie.core.session.SessionEnds;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.TestConnection;
import io.magpie.core.store.Store;
import io.magpie.protocol.json.JsonBodyCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The services on a real store, with a clock that stands still and a cheap password hash. What would be
/// delivered is kept in order.
final class World implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    static final String ADDRESS = "203.0.113.7";

    final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    final List<Entry> delivered = new CopyOnWriteArrayList<>();
    final Sessions sessions = new Sessions();
    final CheapHash passwords = new CheapHash();
    final SqliteStore store;
    final Journal journal;

    World(Path folder) {
        this(folder, store -> store);
    }

    /// @param seen what the journal is given instead of the store
    World(Path folder, UnaryOperator<Store> seen) {
        this.store = SqliteStore.open(folder, new JsonBodyCodec(), clock);
        this.journal = new Journal(seen.apply(store), new AfterCommit() {
            @Override
            public void committed(List<Entry> entries) {
                delivered.addAll(entries);
            }

            @Override
            public void settled(List<Settled> batch) {
                throw new AssertionError("nobody posts here");
            }
        });
    }

    void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    AccountService accounts(boolean registration, AccountLimits limits) {
        return new AccountService(
                journal,
                store.accounts(),
                passwords,
                limits,
                new AccountSettings(DevicePolicy.ALL, registration),
                clock);
    }

    AccountService accounts() {
        return accounts(true, limits(1_000_000, 1_000_000));
    }

    AccountLimits limits(int perAddress, int failures) {
        return new AccountLimits(
                new AccountLimits.Settings(
                        Rate.perMinute(perAddress),
                        Rate.perMinute(failures),
                        Rate.perMinute(perAddress),
                        "127.0.0.1"::equals),
                clock);
    }

    LoginService logins(DevicePolicy policy) {
        return logins(policy, limits(1_000_000, 1_000_000));
    }

    LoginService logins(DevicePolicy policy, AccountLimits limits) {
        return new LoginService(
                journal,
                store.accounts(),
                store.logins(),
                new SessionEnds(sessions, Relay.NONE),
                passwords,
                limits,
                new AccountSettings(policy, true),
                clock);
    }

    TokenService tokens(LoginService logins, @Nullable IdentityProvider provider) {
        return new TokenService(journal, store.accounts(), logins, provider, clock);
    }

    ContactService contacts() {
        return contacts(Rate.perMinute(1_000_000));
    }

    ContactService contacts(Rate requests) {
        return new ContactService(
                journal, store.contacts(), new TokenBuckets<Long>(requests, 1000, clock)::take, clock);
    }

    GroupService groups(GroupSettings settings) {
        return new GroupService(journal, store.groups(), store.members(), passwords, settings, clock);
    }

    MembershipService membership(GroupSettings settings) {
        return new MembershipService(journal, store.groups(), store.members(), settings, clock);
    }

    JoinService joins(GroupSettings settings) {
        return new JoinService(journal, store.groups(), passwords, settings, clock);
    }

    /// A new account; its id.
    long person(String username) {
        return done(accounts().register(new NewAccount(username, PASSWORD, null, null, null), ADDRESS))
                .id();
    }

    Account account(long user) {
        return store.accounts().find(user).orElseThrow();
    }

    /// A live connection of a login.
    TestConnection live(Login login) {
        var connection = new TestConnection();
        sessions.add(new Session(login, login.device(), connection, Runnable::run, 0));
        return connection;
    }

    List<Body> bodies(ConversationId conversation) {
        return store.log().ascending(conversation, 1, Long.MAX_VALUE, 10_000).stream()
                .map(Entry::body)
                .toList();
    }

    /// What the user was told in its feed, in order.
    List<Body.Notice> notices(long user) {
        return bodies(ConversationId.notices(user)).stream()
                .map(Body.Notice.class::cast)
                .toList();
    }

    Member member(ConversationId conversation, long user) {
        return store.members().find(conversation, user).orElseThrow();
    }

    static Device device(String id, Platform platform) {
        return new Device(id, platform, "");
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Rejected<T>(var rejection) ->
                throw new AssertionError(rejection.code() + " " + rejection.message());
        };
    }

    static ErrorCode code(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> throw new AssertionError("done (expected: rejected)");
            case Outcome.Rejected<?>(var rejection) -> rejection.code();
        };
    }

    static String message(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> throw new AssertionError("done (expected: rejected)");
            case Outcome.Rejected<?>(var rejection) -> rejection.message();
        };
    }

    @Override
    public void close() {
        store.close();
    }
}
