package io.magpie.chat.state;

import io.magpie.core.command.PresenceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is who, and who is there. What is asked for and unknown is remembered, so that somebody can find out.
public final class People {
    /// @param name what to call this person
    public record Person(long user, String username, String name) {}

    private final Map<Long, Person> people = new HashMap<>();
    private final Map<Long, PresenceState> presence = new HashMap<>();
    private final Set<Long> unknown = new LinkedHashSet<>();

    public void learn(Person person) {
        people.put(person.user(), person);
        unknown.remove(person.user());
    }

    public String name(long user) {
        if (user == 0) {
            return "Magpie";
        }
        Person person = people.get(user);
        if (person == null) {
            unknown.add(user);
            return "user " + user;
        }
        return person.name().isEmpty() ? person.username() : person.name();
    }

    /// Those asked for and not known; each is given once.
    public List<Long> takeUnknown() {
        List<Long> taken = new ArrayList<>(unknown);
        taken.removeIf(people::containsKey);
        unknown.clear();
        return taken;
    }

    /// By user name or by name, whatever the case.
    public Optional<Person> find(String name) {
        String wanted = name.startsWith("@") ? name.substring(1) : name;
        return people.values().stream()
                .filter(person -> person.username().equalsIgnoreCase(wanted))
                .findFirst()
                .or(() -> people.values().stream()
                        .filter(person -> person.name().equalsIgnoreCase(wanted))
                        .findFirst());
    }

    public Collection<Person> all() {
        return List.copyOf(people.values());
    }

    public @Nullable Person person(long user) {
        return people.get(user);
    }

    public void present(PresenceState state) {
        presence.put(state.user(), state);
    }

    public boolean online(long user) {
        PresenceState state = presence.get(user);
        return state != null && state.online();
    }

    public long lastSeen(long user) {
        PresenceState state = presence.get(user);
        return state == null ? 0 : state.lastSeenAt();
    }

    /// Nothing is known of anybody's presence while offline.
    public void forgetPresence() {
        presence.clear();
    }
}
