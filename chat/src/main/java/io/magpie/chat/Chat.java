package io.magpie.chat;

import io.magpie.chat.command.Emoji;
import io.magpie.chat.command.Typed;
import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.People.Person;
import io.magpie.chat.state.Room;
import io.magpie.client.ClientEvent;
import io.magpie.client.ConnectionState;
import io.magpie.client.MagpieClient;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Does what the user wants and shows what happens, whatever the terminal. All on one thread, the desk's;
/// calls over HTTP run elsewhere and come back to it.
final class Chat {
    private static final Pattern MENTION = Pattern.compile("@([\\p{L}\\p{N}_.-]+)");
    private static final long TYPING_EVERY_MS = 3_000;
    private static final int MOST_WATCHED = 500;

    private final ChatState state;
    private final MagpieClient client;
    private final Executor desk;
    private final InstantSource clock;
    private final Calls calls;
    private final Names names;
    private final Navigation navigation;
    private final Actions actions;
    private List<Long> watched = List.of();
    private long typingTold;
    private int sending;
    private boolean over;

    Chat(
            ChatState state,
            MagpieClient client,
            MagpieHttp http,
            KeptPeople kept,
            Executor desk,
            Executor background,
            InstantSource clock) {
        this.state = state;
        this.client = client;
        this.desk = desk;
        this.clock = clock;
        this.calls = new Calls(state, desk, background);
        this.names = new Names(state, http, kept, calls);
        var groups = new Groups(state, http, calls, names);
        this.navigation = new Navigation(state, client, http, calls, names, groups, desk);
        this.actions = new Actions(this, state, client, http, calls, names, groups, navigation);
    }

    Navigation navigation() {
        return navigation;
    }

    boolean over() {
        return over;
    }

    /// Whether nothing that was asked for is still on its way.
    boolean idle() {
        return calls.idle() && sending == 0;
    }

    /// Whether what a command set off is done, but for messages that wait to be sent.
    boolean ready() {
        return calls.idle();
    }

    void quit() {
        over = true;
    }

    void on(ClientEvent event) {
        state.apply(event, clock.millis());
        switch (event) {
            case ClientEvent.ConnectionChanged(ConnectionState.Online _) -> {
                names.askAgain();
                watched = List.of();
                state.active().ifPresent(navigation::load);
            }
            case ClientEvent.EntryAdded(Entry entry) -> {
                if (state.active()
                        .filter(room -> room.id().equals(entry.conversation()))
                        .isPresent()) {
                    navigation.readActive();
                }
            }
            case ClientEvent.EntriesSkipped(ConversationId id, long _, long _) ->
                state.active().filter(room -> room.id().equals(id)).ifPresent(navigation::load);
            case ClientEvent.ConversationChanged(ConversationItem item) -> {
                if (state.isActive(state.room(item.conversation()))) {
                    navigation.readActive();
                }
            }
            default -> {}
        }
        names.lookUp();
        watchPeers();
    }

    void submit(String line) {
        state.say("");
        state.overlay(List.of());
        switch (Typed.parse(line)) {
            case Typed.Nothing _ -> {}
            case Typed.Say(String text) -> say(text, 0);
            case Typed.Go(int number) -> navigation.go(number);
            case Typed.Call call -> actions.run(call);
            case Typed.Wrong(String hint) -> state.complain(hint);
        }
    }

    /// @param replyTo 0 if none
    void say(String text, long replyTo) {
        Room room = state.active().orElse(null);
        if (room == null) {
            state.complain("no conversation is open: /open NAME or /msg USER TEXT");
            return;
        }
        if (room.id().kind() == ConversationId.Kind.NOTICES) {
            state.complain("nobody reads what is written here: /open another conversation");
            return;
        }
        sendTo(room.id(), text, replyTo);
        room.scroll(0);
    }

    void sendTo(ConversationId conversation, String text, long replyTo) {
        String expanded = Emoji.expand(text);
        typingTold = 0;
        sending++;
        var _ = client.send(conversation, new Content.Text(expanded), replyTo, mentions(expanded))
                .whenComplete((_, error) -> desk.execute(() -> {
                    sending--;
                    calls.complain(error);
                }));
    }

    private Mentions mentions(String text) {
        List<Long> users = new ArrayList<>();
        Matcher found = MENTION.matcher(text);
        while (found.find()) {
            if (found.group(1).equals("all")) {
                return Mentions.ALL;
            }
            state.people().find(found.group(1)).map(Person::user).ifPresent(users::add);
        }
        return users.isEmpty()
                ? Mentions.NONE
                : new Mentions(false, users.stream().distinct().toList());
    }

    void typing(String text) {
        long now = clock.millis();
        Room room = state.active().orElse(null);
        if (room == null || text.isBlank() || text.startsWith("/") || now - typingTold < TYPING_EVERY_MS) {
            return;
        }
        typingTold = now;
        client.typing(room.id(), true);
    }

    private void watchPeers() {
        if (!(state.connection() instanceof ConnectionState.Online)) {
            return;
        }
        Stream<Long> here = state.active().stream().flatMap(room -> room.members().stream());
        Stream<Long> talkedTo = state.list().stream()
                .filter(room -> room.id().kind() == ConversationId.Kind.DIRECT)
                .map(room -> room.id().peerOf(state.me()));
        List<Long> peers = Stream.concat(here, talkedTo)
                .filter(peer -> peer != state.me())
                .distinct()
                .limit(MOST_WATCHED)
                .sorted()
                .toList();
        if (!peers.equals(watched)) {
            watched = peers;
            client.watch(peers);
        }
    }
}
