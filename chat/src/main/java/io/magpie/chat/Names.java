package io.magpie.chat;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.People.Person;
import io.magpie.client.ConnectionState;
import io.magpie.client.http.Answers.Profile;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Who is who: finds people by name and names by user, first among those known, then at the server. On the desk.
final class Names {
    private final ChatState state;
    private final MagpieHttp http;
    private final KeptPeople kept;
    private final Calls calls;
    private final Set<Long> askedFor = new HashSet<>();

    Names(ChatState state, MagpieHttp http, KeptPeople kept, Calls calls) {
        this.state = state;
        this.http = http;
        this.kept = kept;
        this.calls = calls;
    }

    /// What could not be found before may be found now.
    void askAgain() {
        askedFor.clear();
    }

    /// Asks for those whose names were wanted and are not known.
    void lookUp() {
        List<Long> unknown = state.people().takeUnknown();
        if (!(state.connection() instanceof ConnectionState.Online)) {
            return;
        }
        for (long user : unknown) {
            if (askedFor.add(user)) {
                calls.attempt(() -> http.user(user), this::learn, _ -> {});
            }
        }
    }

    void withUser(String name, Consumer<Person> action) {
        Optional<Person> known = state.people().find(name);
        if (known.isPresent()) {
            action.accept(known.get());
            return;
        }
        calls.call(() -> search(name), profile -> action.accept(learn(profile)));
    }

    void withUsers(List<String> names, Consumer<List<Long>> action) {
        withUsers(names, 0, new ArrayList<>(), action);
    }

    private void withUsers(List<String> names, int next, List<Long> found, Consumer<List<Long>> action) {
        if (next == names.size()) {
            action.accept(List.copyOf(found));
            return;
        }
        withUser(names.get(next), user -> {
            found.add(user.user());
            withUsers(names, next + 1, found, action);
        });
    }

    private Outcome<Profile> search(String name) {
        String wanted = name.startsWith("@") ? name.substring(1) : name;
        return http.users(wanted)
                .then(found -> found.stream()
                        .filter(profile -> profile.username().equalsIgnoreCase(wanted)
                                || profile.name().equalsIgnoreCase(wanted))
                        .findFirst()
                        .map(Outcome::done)
                        .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, wanted + ": nobody of this name")));
    }

    private Person learn(Profile profile) {
        Person person = new Person(profile.userId(), profile.username(), profile.name());
        if (!person.equals(state.people().person(person.user()))) {
            state.people().learn(person);
            kept.keep(person);
        }
        return person;
    }
}
