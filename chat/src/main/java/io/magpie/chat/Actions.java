package io.magpie.chat;

import io.magpie.chat.command.Emoji;
import io.magpie.chat.command.Typed;
import io.magpie.chat.command.Verb;
import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.People.Person;
import io.magpie.chat.state.Room;
import io.magpie.chat.state.Words;
import io.magpie.chat.text.Width;
import io.magpie.client.MagpieClient;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The commands. On the desk.
final class Actions {
    private final Chat chat;
    private final ChatState state;
    private final MagpieClient client;
    private final MagpieHttp http;
    private final Calls calls;
    private final Names names;
    private final Groups groups;
    private final Navigation navigation;
    private final Friends friends;

    Actions(
            Chat chat,
            ChatState state,
            MagpieClient client,
            MagpieHttp http,
            Calls calls,
            Names names,
            Groups groups,
            Navigation navigation) {
        this.chat = chat;
        this.state = state;
        this.client = client;
        this.http = http;
        this.calls = calls;
        this.names = names;
        this.groups = groups;
        this.navigation = navigation;
        this.friends = new Friends(state, http, calls, names);
    }

    void run(Typed.Call call) {
        String first = call.words().isEmpty() ? "" : call.words().getFirst();
        switch (call.verb()) {
            case HELP -> help();
            case CHATS -> chats();
            case OPEN -> open(call.line());
            case NEXT -> navigation.nextUnread();
            case PREV -> navigation.step(-1);
            case MSG -> message(first, call.from(1));
            case GROUP -> groups.create(call.words(), navigation::open);
            case INVITE -> groups.invite(call.words());
            case LEAVE -> groups.leave();
            case MEMBERS -> groups.show();
            case FRIENDS -> friends.show();
            case ADD -> friends.ask(first, call.from(1));
            case ACCEPT -> friends.answer(first, true);
            case DECLINE -> friends.answer(first, false);
            case BLOCK -> friends.block(first);
            case UNBLOCK -> friends.unblock(first);
            case REPLY -> onMessage(first, entry -> chat.say(call.from(1), entry.seq()));
            case EDIT -> onMessage(first, entry -> edit(entry, call.from(1)));
            case RECALL -> onMessage(first, entry -> calls.tell(client.recall(entry.conversation(), entry.seq())));
            case REACT ->
                onMessage(first, entry -> react(entry, Emoji.expand(call.words().get(1))));
            case SEARCH -> search(call.line());
            case WHO -> names.withUser(first, this::who);
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
                room -> navigation.open(room.id()),
                () -> names.withUser(name, user -> navigation.open(ConversationId.direct(state.me(), user.user()))));
    }

    private void message(String name, String text) {
        names.withUser(name, user -> {
            ConversationId conversation = ConversationId.direct(state.me(), user.user());
            navigation.open(conversation);
            if (!text.isEmpty()) {
                chat.sendTo(conversation, text, 0);
            }
        });
    }

    /// With the message of this number in the open conversation.
    private void onMessage(String number, Consumer<Entry> action) {
        Room room = state.active().orElse(null);
        Entry entry = room == null || !number.matches("#?[0-9]{1,15}")
                ? null
                : room.entries().get(Long.parseLong(number.replace("#", "")));
        if (entry == null || !(entry.body() instanceof Body.Message)) {
            state.complain(number + ": no such message here (expected: one of the numbers on the left)");
            return;
        }
        action.accept(entry);
    }

    private void edit(Entry entry, String text) {
        if (entry.sender() != state.me()) {
            state.complain(entry.seq() + ": not your message");
            return;
        }
        calls.tell(client.edit(entry.conversation(), entry.seq(), new Content.Text(Emoji.expand(text))));
    }

    private void react(Entry entry, String emoji) {
        boolean mine = state.room(entry.conversation())
                .reactions(entry.seq())
                .getOrDefault(emoji, Set.of())
                .contains(state.me());
        calls.tell(client.react(entry.conversation(), entry.seq(), emoji, !mine));
    }

    private void search(String query) {
        calls.call(
                () -> http.search(query),
                found -> state.overlay(
                        found.isEmpty()
                                ? List.of("nothing found")
                                : found.stream().map(this::hit).toList()));
    }

    private String hit(Entry entry) {
        return state.title(state.room(entry.conversation())) + " #" + entry.seq() + "  "
                + state.words().name(entry.sender()) + ": " + Words.preview(entry);
    }

    private void who(Person user) {
        String online = state.people().online(user.user()) ? ", online" : "";
        state.say(user.name() + " (@" + user.username() + ", user " + user.user() + ")" + online);
    }

    private void me(String nickname) {
        if (nickname.isEmpty()) {
            calls.call(http::me, me -> state.say(me.name() + " (@" + me.username() + ", user " + me.userId() + ")"));
        } else {
            calls.call(() -> http.nickname(nickname), _ -> state.say("you are now called " + nickname));
        }
    }

    private void devices() {
        calls.call(
                http::devices,
                devices -> state.overlay(devices.stream()
                        .map(each -> (each.current() ? "● " : "  ")
                                + (each.name().isEmpty() ? each.device() : each.name())
                                + "  " + each.platform())
                        .toList()));
    }
}
