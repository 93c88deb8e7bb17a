package io.magpie.core.session;

import io.magpie.core.command.Event;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The live sessions of this node by user. Any thread; reads take no lock.
public final class Sessions {
    private final ConcurrentHashMap<Long, List<Session>> byUser = new ConcurrentHashMap<>();

    /// True if it is the user's first here.
    public boolean add(Session session) {
        var now = byUser.merge(session.user(), List.of(session), Sessions::concat);
        return now.size() == 1;
    }

    /// True if it was the user's last here. Removing what is not there does nothing.
    public boolean remove(Session session) {
        boolean[] last = {false};
        byUser.computeIfPresent(session.user(), (_, sessions) -> {
            var rest = sessions.stream().filter(s -> s != session).toList();
            last[0] = rest.isEmpty();
            return rest.isEmpty() ? null : rest;
        });
        return last[0];
    }

    /// Immutable; empty if the user has none here.
    public List<Session> of(long user) {
        return byUser.getOrDefault(user, List.of());
    }

    /// Of everybody, in no order.
    public List<Session> all() {
        return byUser.values().stream().flatMap(List::stream).toList();
    }

    public boolean online(long user) {
        return byUser.containsKey(user);
    }

    /// The logins of all live sessions, each once.
    public Set<Long> logins() {
        return byUser.values().stream()
                .flatMap(List::stream)
                .map(session -> session.login().id())
                .collect(Collectors.toSet());
    }

    /// Says `bye` to those of the user's sessions that match, and closes them.
    public void end(long user, Predicate<Session> which, Event.Bye bye) {
        for (Session session : of(user)) {
            if (which.test(session)) {
                var connection = session.connection();
                connection.lane().execute(() -> connection.bye(bye));
            }
        }
    }

    private static List<Session> concat(List<Session> sessions, List<Session> more) {
        return Stream.concat(sessions.stream(), more.stream()).toList();
    }
}
