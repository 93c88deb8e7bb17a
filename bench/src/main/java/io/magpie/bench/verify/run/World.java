package io.magpie.bench.verify.run;

import io.magpie.bench.wire.Jwt;
import io.magpie.client.http.Answers;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.outcome.Outcome;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The users and groups of a run.
///
/// @param users in the order of their numbers
/// @param groups each with an owner who stays and members of whom some come and go
record World(List<User> users, List<Group> groups) {
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);

    /// @param number from 1
    record User(int number, long id, String token) {}

    /// @param floaters those who may leave and come back
    record Group(ConversationId conversation, List<User> members, List<User> floaters) {}

    /// Makes accounts and groups. Blocks.
    static World make(HttpClient http, Place place, String secret, int users, int groups, InstantSource clock) {
        var jwt = new Jwt(secret);
        Instant now = clock.instant();
        var api = new MagpieHttp(http, place.http());
        List<User> people = new ArrayList<>();
        for (int number = 1; number <= users; number++) {
            String token = jwt.token("verify-" + number, "User " + number, now.minusSeconds(5), now.plus(TOKEN_LIFE));
            Answers.Profile me = done(api.withToken(token).me(), "make user " + number);
            people.add(new User(number, me.userId(), token));
        }
        List<Group> all = new ArrayList<>();
        for (int number = 0; number < groups; number++) {
            all.add(group(api, people, number));
        }
        return new World(people, all);
    }

    /// Every group has another owner and another half that comes and goes.
    private static Group group(MagpieHttp api, List<User> people, int number) {
        int users = people.size();
        User owner = people.get(number % users);
        List<User> others = Stream.iterate(1, step -> step < users, step -> step + 1)
                .map(step -> people.get((number + step) % users))
                .toList();
        long id = done(
                api.withToken(owner.token())
                        .groups()
                        .create(
                                "Group " + (number + 1),
                                others.stream().map(User::id).toList(),
                                JoinPolicy.OPEN),
                "make group " + (number + 1));
        List<User> members = Stream.concat(Stream.of(owner), others.stream()).toList();
        return new Group(ConversationId.group(id), members, others.subList(others.size() / 2, others.size()));
    }

    private static <T> T done(Outcome<T> outcome, String what) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Rejected<T>(var rejection) ->
                throw new IllegalStateException("could not " + what + ": " + rejection.message());
        };
    }

    List<Long> ids() {
        return users.stream().map(User::id).toList();
    }
}
