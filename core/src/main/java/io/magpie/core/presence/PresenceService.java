package io.magpie.core.presence;

import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Recipient;
import io.magpie.core.cluster.Relay;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Who is online, told to those who watch. A user is online while a live session on any node holds it: a lease
/// that ends with the socket or with the node, so nothing needs to be repaired after a crash; only when the users of
/// a dead node were last seen is written down by those who survive it. Changes travel
/// in batches: each watcher hears of a user at most once per [#publish], and so does each other node. Any
/// thread.
public final class PresenceService {
    private static final int MAX_LEASES = 2_000;

    private final ConcurrentHashMap<Long, Set<Session>> watchers = new ConcurrentHashMap<>();
    private final Set<Long> changed = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Long, Long> lastSeen = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final Set<Long> changedElsewhere = ConcurrentHashMap.newKeySet();
    private final Sessions sessions;
    private final Accounts accounts;
    private final Journal journal;
    private final InstantSource clock;
    private final Relay relay;
    private final RemotePresence elsewhere;

    public PresenceService(
            Sessions sessions,
            Accounts accounts,
            Journal journal,
            InstantSource clock,
            Relay relay,
            RemotePresence elsewhere) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.journal = journal;
        this.clock = clock;
        this.relay = relay;
        this.elsewhere = elsewhere;
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
                    if (there.isEmpty()) {
                        elsewhere.unwatch(user);
                        return null;
                    }
                    return there;
                });
            }
        }
        Set<Long> fresh = new HashSet<>();
        for (long user : now) {
            watchers.compute(user, (_, there) -> {
                Set<Session> all = there == null ? ConcurrentHashMap.newKeySet(1) : there;
                if (all.isEmpty()) {
                    elsewhere.watch(user);
                    fresh.add(user);
                }
                all.add(session);
                return all;
            });
        }
        session.watching(now);
        if (!fresh.isEmpty()) {
            elsewhere.ask(fresh);
        }
        return now.isEmpty() ? List.of() : states(now);
    }

    /// Tells the watchers what changed since the last call, and the other nodes what changed here.
    public void publish() {
        var here = take(changed);
        if (!relay.alone()) {
            for (int from = 0; from < here.size(); from += MAX_LEASES) {
                var part = here.subList(from, Math.min(here.size(), from + MAX_LEASES));
                relay.offer(
                        new Recipient.EveryNode(),
                        new Fact.Leases(0, part.stream().map(this::lease).toList()));
            }
        }
        Set<Long> all = new LinkedHashSet<>(here);
        all.addAll(take(changedElsewhere));
        tellWatchers(all);
    }

    /// Another node says how it holds users.
    public void heard(Incarnation from, Fact.Leases leases) {
        changedElsewhere.addAll(elsewhere.heard(from, leases));
    }

    /// Another node asks how this one holds users.
    public void asked(Incarnation by, Fact.Watched watched) {
        var leases = watched.users().stream().map(this::lease).toList();
        relay.offer(new Recipient.OneNode(by.node()), new Fact.Leases(watched.question(), leases));
    }

    /// The leases of the node are over.
    public void died(Incarnation node) {
        long now = clock.millis();
        for (Fact.Lease lease : elsewhere.died(node)) {
            long user = lease.user();
            boolean wasThere = !lease.platforms().isEmpty();
            if (elsewhere.platforms(user).isEmpty()) {
                left(List.of(user), wasThere ? now : lease.seenAt());
            }
            if (wasThere) {
                changedElsewhere.add(user);
            }
        }
    }

    /// These users had sessions on a node that died then, and are on no other now. Who is here is left out.
    public void left(Collection<Long> users, long at) {
        for (long user : users) {
            if (at > 0 && !sessions.online(user)) {
                lastSeen.merge(user, at, Math::max);
            }
        }
    }

    /// What other nodes told may not have come: they are asked again. Blocks.
    public void askAgain() {
        elsewhere.askAgain();
    }

    private static List<Long> take(Set<Long> from) {
        List<Long> taken = new ArrayList<>();
        for (Long user : List.copyOf(from)) {
            from.remove(user);
            taken.add(user);
        }
        return taken;
    }

    private Fact.Lease lease(long user) {
        long now = version.incrementAndGet();
        var platforms = platformsHere(user);
        return new Fact.Lease(user, platforms, now, platforms.isEmpty() ? lastSeen.getOrDefault(user, 0L) : 0);
    }

    private void tellWatchers(Set<Long> users) {
        Map<Session, List<PresenceState>> news = new HashMap<>();
        for (long user : users) {
            var interested = watchers.getOrDefault(user, Set.of());
            if (!interested.isEmpty()) {
                var state = state(user, Math.max(lastSeen.getOrDefault(user, 0L), elsewhere.seenAt(user)));
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
            // Kept for the next time; bounded by the number of users of this node and of those that died.
        }
    }

    private List<PresenceState> states(Set<Long> users) {
        var offline = users.stream().filter(user -> !sessions.online(user)).collect(Collectors.toSet());
        Map<Long, Long> seen = offline.isEmpty()
                ? Map.of()
                : accounts.findAll(offline).stream().collect(Collectors.toMap(Account::id, Account::lastSeenAt));
        return users.stream()
                .map(user -> state(
                        user,
                        Math.max(
                                Math.max(lastSeen.getOrDefault(user, 0L), seen.getOrDefault(user, 0L)),
                                elsewhere.seenAt(user))))
                .toList();
    }

    private PresenceState state(long user, long seenAt) {
        Set<Platform> all = new LinkedHashSet<>(platformsHere(user));
        all.addAll(elsewhere.platforms(user));
        var platforms = List.copyOf(all);
        boolean online = !platforms.isEmpty();
        return new PresenceState(user, online, platforms, online ? 0 : seenAt);
    }

    private List<Platform> platformsHere(long user) {
        return sessions.of(user).stream()
                .map(session -> session.device().platform())
                .distinct()
                .toList();
    }
}
