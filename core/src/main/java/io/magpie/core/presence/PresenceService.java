package io.magpie.core.presence;

import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.device.Platform;
import io.magpie.core.journal.Journal;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.Session;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.Weight;
import io.magpie.core.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Who is online, told to those who watch. A user is online while a live session holds it: a lease that ends with
/// the socket, so nothing needs to be repaired after a crash. Changes travel in batches, each watcher hears of a
/// user at most once per [#publish]. Any thread.
public final class PresenceService {
    private final ConcurrentHashMap<Long, Set<Session>> watchers = new ConcurrentHashMap<>();
    private final Set<Long> changed = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Long, Long> lastSeen = new ConcurrentHashMap<>();
    private final Sessions sessions;
    private final Accounts accounts;
    private final Journal journal;
    private final InstantSource clock;

    public PresenceService(Sessions sessions, Accounts accounts, Journal journal, InstantSource clock) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.journal = journal;
        this.clock = clock;
    }

    /// The session was registered.
    public void came(Session session) {
        changed.add(session.user());
    }

    /// The session was removed.
    public void went(Session session) {
        watch(session, Set.of());
        if (!sessions.online(session.user())) {
            lastSeen.put(session.user(), clock.millis());
        }
        changed.add(session.user());
    }

    /// Replaces the session's watch list and answers the states as they are now. Blocks.
    public List<PresenceState> watch(Session session, Collection<Long> users) {
        var now = new HashSet<>(users);
        for (long user : session.watching()) {
            if (!now.contains(user)) {
                watchers.computeIfPresent(user, (_, there) -> {
                    there.remove(session);
                    return there.isEmpty() ? null : there;
                });
            }
        }
        for (long user : now) {
            watchers.compute(user, (_, there) -> {
                Set<Session> all = there == null ? ConcurrentHashMap.newKeySet(1) : there;
                all.add(session);
                return all;
            });
        }
        session.watching(now);
        return now.isEmpty() ? List.of() : states(now);
    }

    /// Tells the watchers what changed since the last call.
    public void publish() {
        Map<Session, List<PresenceState>> news = new HashMap<>();
        for (Long user : List.copyOf(changed)) {
            changed.remove(user);
            var interested = watchers.getOrDefault(user, Set.of());
            if (!interested.isEmpty()) {
                var state = state(user, lastSeen.getOrDefault(user, 0L));
                interested.forEach(session ->
                        news.computeIfAbsent(session, _ -> new ArrayList<>()).add(state));
            }
        }
        news.forEach((session, states) -> {
            var connection = session.connection();
            connection.lane().execute(() -> connection.push(new Event.Presence(states), Weight.EPHEMERAL));
        });
    }

    /// Writes down when users were last seen. What is not written when the process dies is forgotten. Blocks.
    public void save() {
        var times = Map.copyOf(lastSeen);
        if (times.isEmpty()) {
            return;
        }
        try {
            journal.transact(tx -> {
                tx.on(Accounts.Edits.class).lastSeen(times);
                return Outcome.done(times.size());
            });
            times.forEach(lastSeen::remove);
        } catch (StoreUnavailableException _) {
            // Kept for the next time; bounded by the number of users of this node.
        }
    }

    private List<PresenceState> states(Set<Long> users) {
        var offline = users.stream().filter(user -> !sessions.online(user)).collect(Collectors.toSet());
        Map<Long, Long> seen = offline.isEmpty()
                ? Map.of()
                : accounts.findAll(offline).stream().collect(Collectors.toMap(Account::id, Account::lastSeenAt));
        return users.stream()
                .map(user -> state(user, lastSeen.getOrDefault(user, seen.getOrDefault(user, 0L))))
                .toList();
    }

    private PresenceState state(long user, long seenAt) {
        List<Platform> platforms = sessions.of(user).stream()
                .map(session -> session.device().platform())
                .distinct()
                .toList();
        boolean online = !platforms.isEmpty();
        return new PresenceState(user, online, platforms, online ? 0 : seenAt);
    }
}
