package io.magpie.chat;

import io.magpie.chat.command.Verb;
import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.People.Person;
import io.magpie.client.http.Answers.GroupMember;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Groups: making them, who is in them. On the desk.
final class Groups {
    private static final int MOST_LOOKED_UP = 100;

    private final ChatState state;
    private final MagpieHttp http;
    private final Calls calls;
    private final Names names;

    Groups(ChatState state, MagpieHttp http, Calls calls, Names names) {
        this.state = state;
        this.http = http;
        this.calls = calls;
        this.names = names;
    }

    /// `new NAME USER…`
    ///
    /// @param open goes to the group that was made
    void create(List<String> words, Consumer<ConversationId> open) {
        if (!words.getFirst().equals("new")) {
            state.complain("usage: " + Verb.GROUP.usage());
            return;
        }
        names.withUsers(
                words.subList(2, words.size()),
                users -> calls.call(
                        () -> http.groups().create(words.get(1), users, JoinPolicy.INVITE),
                        group -> open.accept(ConversationId.group(group))));
    }

    void invite(List<String> words) {
        inGroup(group -> names.withUsers(
                words, users -> calls.call(() -> http.groups().add(group, users), _ -> state.say("invited"))));
    }

    void leave() {
        inGroup(group -> calls.call(() -> http.groups().leave(group), _ -> state.say("you left")));
    }

    void show() {
        inGroup(group -> learn(group, this::show));
    }

    private void inGroup(Consumer<Long> action) {
        state.active()
                .filter(room -> room.id().kind() == ConversationId.Kind.GROUP)
                .ifPresentOrElse(
                        room -> action.accept(room.id().group()),
                        () -> state.complain("open a group first: /open NAME"));
    }

    void learn(long group, Consumer<List<GroupMember>> then) {
        calls.attempt(
                () -> http.groups().members(group),
                members -> {
                    Set<Long> known = state.room(ConversationId.group(group)).members();
                    known.clear();
                    for (GroupMember member : members) {
                        known.add(member.user());
                        // User names, which mentions need, only where that is not a flood of questions.
                        if (members.size() <= MOST_LOOKED_UP) {
                            var _ = state.people().name(member.user());
                        } else if (state.people().person(member.user()) == null) {
                            state.people().learn(new Person(member.user(), "", member.name()));
                        }
                    }
                    names.lookUp();
                    then.accept(members);
                },
                _ -> {});
    }

    private void show(List<GroupMember> members) {
        state.overlay(members.stream()
                .map(member -> (member.user() == state.me() || state.people().online(member.user()) ? "● " : "○ ")
                        + state.words().name(member.user())
                        + (member.role().isEmpty() || member.role().equals("member")
                                ? ""
                                : "  (" + member.role() + ")"))
                .toList());
    }
}
