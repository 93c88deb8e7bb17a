package io.magpie.chat;

import io.magpie.chat.state.ChatState;
import io.magpie.client.http.Answers.FriendRequest;
import io.magpie.client.http.MagpieHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Friends, friend requests, blocks. On the desk.
final class Friends {
    private final ChatState state;
    private final MagpieHttp http;
    private final Calls calls;
    private final Names names;

    Friends(ChatState state, MagpieHttp http, Calls calls, Names names) {
        this.state = state;
        this.http = http;
        this.calls = calls;
        this.names = names;
    }

    void show() {
        calls.call(() -> http.contacts().friends(), friends -> {
            List<String> lines = new ArrayList<>();
            lines.add(friends.isEmpty() ? "no friends yet: /add USER" : "Friends:");
            friends.forEach(friend -> {
                String called = friend.remark().isEmpty() ? state.people().name(friend.user()) : friend.remark();
                lines.add((state.people().online(friend.user()) ? " ● " : " ○ ") + called);
            });
            calls.call(() -> http.contacts().requests(), requests -> {
                requests.stream().filter(Friends::open).forEach(request -> lines.add(describe(request)));
                state.overlay(lines);
                names.lookUp();
            });
        });
    }

    private static boolean open(FriendRequest request) {
        return request.state().isEmpty() || request.state().equalsIgnoreCase("pending");
    }

    private String describe(FriendRequest request) {
        String said = request.message().isEmpty() ? "" : ": " + request.message();
        return request.incoming()
                ? state.people().name(request.from()) + " asks to be your friend" + said + "  (/accept, /decline)"
                : "you asked " + state.people().name(request.to()) + said;
    }

    void ask(String name, String message) {
        names.withUser(
                name,
                user -> calls.call(
                        () -> http.contacts().request(user.user(), message), _ -> state.say("asked " + user.name())));
    }

    void block(String name) {
        names.withUser(
                name,
                user -> calls.call(() -> http.contacts().block(user.user()), _ -> state.say("blocked " + user.name())));
    }

    void unblock(String name) {
        names.withUser(
                name,
                user -> calls.call(
                        () -> http.contacts().unblock(user.user()),
                        _ -> state.say("no longer blocked: " + user.name())));
    }

    void answer(String name, boolean accept) {
        names.withUser(
                name,
                user -> calls.call(() -> http.contacts().requests(), requests -> {
                    Optional<FriendRequest> request = requests.stream()
                            .filter(each -> open(each) && each.incoming() && each.from() == user.user())
                            .findFirst();
                    if (request.isEmpty()) {
                        state.complain(user.name() + " has not asked");
                        return;
                    }
                    long id = request.get().id();
                    calls.call(
                            () -> accept
                                    ? http.contacts().accept(id)
                                    : http.contacts().decline(id),
                            _ -> state.say(accept ? user.name() + " is your friend now" : "declined"));
                }));
    }
}
