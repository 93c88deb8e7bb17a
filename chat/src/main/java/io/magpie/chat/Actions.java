package io.magpie.chat;

import io.magpie.chat.command.Emoji;
import io.magpie.chat.command.Typed;
import io.magpie.chat.command.Verb;
import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.People.Person;
import io.magpie.chat.state.Room;
import io.magpie.chat.text.Width;
import io.magpie.client.MagpieClient;
import io.magpie.client.http.Answers.FriendRequest;
import io.magpie.client.http.Answers.GroupMember;
import io.magpie.client.http.Answers.Profile;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The commands. On the desk.
final class Actions {
    private static final int MOST_LOOKED_UP = 100;

    private final Chat chat;
    private final ChatState state;
    private final MagpieClient client;
    private final MagpieHttp http;

    Actions(Chat chat, ChatState state, MagpieClient client, MagpieHttp http) {
        this.chat = chat;
        this.state = state;
        this.client = client;
        this.http = http;
    }

    void run(Typed.Call call) {
        String first = call.words().isEmpty() ? "" : call.words().getFirst();
        switch (call.verb()) {
            case HELP -> help();
            case CHATS -> chats();
            case OPEN -> open(call.line());
            case NEXT -> chat.nextUnread();
            case PREV -> chat.step(-1);
            case MSG -> message(first, call.from(1));
            case GROUP -> group(call.words());
            case INVITE -> inGroup(group -> withUsers(call.words(), users -> invite(group, users)));
            case LEAVE -> inGroup(group -> chat.call(() -> http.groups().leave(group), _ -> state.say("you left")));
            case MEMBERS -> inGroup(group -> learnMembers(group, this::showMembers));
            case FRIENDS -> friends();
            case ADD ->
                withUser(
                        first,
                        user -> chat.call(
                                () -> http.contacts().request(user.user(), call.from(1)),
                                _ -> state.say("asked " + user.name())));
            case ACCEPT -> answer(first, true);
            case DECLINE -> answer(first, false);
            case BLOCK ->
                withUser(
                        first,
                        user -> chat.call(
                                () -> http.contacts().block(user.user()), _ -> state.say("blocked " + user.name())));
            case UNBLOCK ->
                withUser(
                        first,
                        user -> chat.call(
                                () -> http.contacts().unblock(user.user()),
                                _ -> state.say("no longer blocked: " + user.name())));
            case REPLY -> onMessage(first, entry -> chat.say(call.from(1), entry.seq()));
            case EDIT -> onMessage(first, entry -> edit(entry, call.from(1)));
            case RECALL -> onMessage(first, this::recall);
            case REACT ->
                onMessage(first, entry -> react(entry, Emoji.expand(call.words().get(1))));
            case WHO -> withUser(first, this::who);
            case ME -> me(call.line());
            case DEVICES -> devices();
            case QUIT -> chat.quit();
        }
    }

    private void help() {
        List<String> lines = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            lines.add(Width.pad(verb.usage(), 24) + verb.meaning());
        }
        state.overlay(lines);
    }

    private void chats() {
        List<String> lines = new ArrayList<>();
        List<Room> rooms = state.list();
        for (int i = 0; i < rooms.size(); i++) {
            Room room = rooms.get(i);
            String unread = room.unread() == 0
                    ? ""
                    : "  " + room.unread() + " unread" + (room.mentioned() ? ", mentions you" : "");
            lines.add("/" + (i + 1) + "  " + state.title(room) + unread);
        }
        state.overlay(lines.isEmpty() ? List.of("no conversations yet: /msg USER TEXT") : lines);
    }

    private void open(String name) {
        String wanted = name.replace("\"", "").toLowerCase(Locale.ROOT);
        Optional<Room> exact = state.list().stream()
                .filter(room -> state.title(room).toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
        Optional<Room> near = exact.or(() -> state.list().stream()
                .filter(room -> state.title(room).toLowerCase(Locale.ROOT).startsWith(wanted))
                .findFirst());
        near.ifPresentOrElse(
                room -> chat.open(room.id()),
                () -> withUser(name, user -> chat.open(ConversationId.direct(state.me(), user.user()))));
    }

    private void message(String name, String text) {
        withUser(name, user -> {
            ConversationId conversation = ConversationId.direct(state.me(), user.user());
            chat.open(conversation);
            if (!text.isEmpty()) {
                chat.sendTo(conversation, text, 0);
            }
        });
    }

    private void group(List<String> words) {
        if (!words.getFirst().equals("new")) {
            state.complain("usage: " + Verb.GROUP.usage());
            return;
        }
        withUsers(
                words.subList(2, words.size()),
                users -> chat.call(
                        () -> http.groups().create(words.get(1), users, JoinPolicy.INVITE),
                        group -> chat.open(ConversationId.group(group))));
    }

    private void invite(long group, List<Long> users) {
        chat.call(() -> http.groups().add(group, users), _ -> state.say("invited"));
    }

    private void inGroup(Consumer<Long> action) {
        state.active()
                .filter(room -> room.id().kind() == ConversationId.Kind.GROUP)
                .ifPresentOrElse(
                        room -> action.accept(room.id().group()),
                        () -> state.complain("open a group first: /open NAME"));
    }

    void learnMembers(long group, Consumer<List<GroupMember>> then) {
        chat.attempt(
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
                    chat.lookUpNames();
                    then.accept(members);
                },
                _ -> {});
    }

    private void showMembers(List<GroupMember> members) {
        state.overlay(members.stream()
                .map(member -> (state.people().online(member.user()) ? "● " : "○ ")
                        + state.words().name(member.user())
                        + (member.role().isEmpty() || member.role().equals("member")
                                ? ""
                                : "  (" + member.role() + ")"))
                .toList());
    }

    private void friends() {
        chat.call(() -> http.contacts().friends(), friends -> {
            List<String> lines = new ArrayList<>();
            lines.add(friends.isEmpty() ? "no friends yet: /add USER" : "Friends:");
            friends.forEach(friend -> {
                String called = friend.remark().isEmpty() ? state.people().name(friend.user()) : friend.remark();
                lines.add((state.people().online(friend.user()) ? " ● " : " ○ ") + called);
            });
            chat.call(() -> http.contacts().requests(), requests -> {
                requests.stream().filter(Actions::open).forEach(request -> lines.add(describe(request)));
                state.overlay(lines);
                chat.lookUpNames();
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

    private void answer(String name, boolean accept) {
        withUser(
                name,
                user -> chat.call(() -> http.contacts().requests(), requests -> {
                    Optional<FriendRequest> request = requests.stream()
                            .filter(each -> open(each) && each.incoming() && each.from() == user.user())
                            .findFirst();
                    if (request.isEmpty()) {
                        state.complain(user.name() + " has not asked");
                        return;
                    }
                    long id = request.get().id();
                    chat.call(
                            () -> accept
                                    ? http.contacts().accept(id)
                                    : http.contacts().decline(id),
                            _ -> state.say(accept ? user.name() + " is your friend now" : "declined"));
                }));
    }

    private void onMessage(String number, Consumer<Entry> action) {
        Entry entry = chat.message(number);
        if (entry != null) {
            action.accept(entry);
        }
    }

    private void edit(Entry entry, String text) {
        if (entry.sender() != state.me()) {
            state.complain(entry.seq() + ": not your message");
            return;
        }
        var _ = client.edit(entry.conversation(), entry.seq(), new Content.Text(Emoji.expand(text)))
                .whenComplete((_, error) -> chat.failedLater(error));
    }

    private void recall(Entry entry) {
        var _ = client.recall(entry.conversation(), entry.seq()).whenComplete((_, error) -> chat.failedLater(error));
    }

    private void react(Entry entry, String emoji) {
        boolean mine = state.room(entry.conversation())
                .reactions(entry.seq())
                .getOrDefault(emoji, Set.of())
                .contains(state.me());
        var _ = client.react(entry.conversation(), entry.seq(), emoji, !mine)
                .whenComplete((_, error) -> chat.failedLater(error));
    }

    private void who(Person user) {
        String online = state.people().online(user.user()) ? ", online" : "";
        state.say(user.name() + " (@" + user.username() + ", user " + user.user() + ")" + online);
    }

    private void me(String nickname) {
        if (nickname.isEmpty()) {
            chat.call(http::me, me -> state.say(me.name() + " (@" + me.username() + ", user " + me.userId() + ")"));
        } else {
            chat.call(() -> http.nickname(nickname), _ -> state.say("you are now called " + nickname));
        }
    }

    private void devices() {
        chat.call(
                http::devices,
                devices -> state.overlay(devices.stream()
                        .map(each -> (each.current() ? "● " : "  ")
                                + (each.name().isEmpty() ? each.device() : each.name())
                                + "  " + each.platform())
                        .toList()));
    }

    /// Finds a person among those known, then at the server.
    private void withUser(String name, Consumer<Person> action) {
        Optional<Person> known = state.people().find(name);
        if (known.isPresent()) {
            action.accept(known.get());
            return;
        }
        chat.call(() -> search(name), profile -> action.accept(chat.learn(profile)));
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

    private void withUsers(List<String> names, Consumer<List<Long>> action) {
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
}
