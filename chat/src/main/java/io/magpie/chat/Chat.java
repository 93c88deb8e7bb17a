package io.magpie.chat;

import io.magpie.chat.command.Emoji;
import io.magpie.chat.command.Typed;
import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.People.Person;
import io.magpie.chat.state.Refusals;
import io.magpie.chat.state.Room;
import io.magpie.client.ClientEvent;
import io.magpie.client.ClientException;
import io.magpie.client.ConnectionState;
import io.magpie.client.MagpieClient;
import io.magpie.client.http.Answers.Profile;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Does what the user wants and shows what happens, whatever the terminal. All on one thread, the desk's;
/// calls over HTTP run elsewhere and come back to it.
final class Chat {
    private static final Pattern MENTION = Pattern.compile("@([\\p{L}\\p{N}_.-]+)");
    private static final long TYPING_EVERY_MS = 3_000;
    private static final int PAGE = 50;
    private static final int MOST_WATCHED = 500;

    private final ChatState state;
    private final MagpieClient client;
    private final MagpieHttp http;
    private final KeptPeople kept;
    private final Executor desk;
    private final Executor background;
    private final InstantSource clock;
    private final Actions actions;
    private final Set<Long> askedFor = new HashSet<>();
    private List<Long> watched = List.of();
    private long typingTold;
    private int asking;
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
        this.http = http;
        this.kept = kept;
        this.desk = desk;
        this.background = background;
        this.clock = clock;
        this.actions = new Actions(this, state, client, http);
    }

    boolean over() {
        return over;
    }

    /// Whether nothing that was asked for is still on its way.
    boolean idle() {
        return asking == 0 && sending == 0;
    }

    /// Whether what a command set off is done, but for messages that wait to be sent.
    boolean ready() {
        return asking == 0;
    }

    void quit() {
        over = true;
    }

    void on(ClientEvent event) {
        state.apply(event, clock.millis());
        switch (event) {
            case ClientEvent.ConnectionChanged(ConnectionState.Online _) -> {
                askedFor.clear();
                watched = List.of();
                state.active().ifPresent(this::load);
            }
            case ClientEvent.EntryAdded(Entry entry) -> {
                if (state.active()
                        .filter(room -> room.id().equals(entry.conversation()))
                        .isPresent()) {
                    readActive();
                }
            }
            case ClientEvent.EntriesSkipped(ConversationId id, long _, long _) ->
                state.active().filter(room -> room.id().equals(id)).ifPresent(this::load);
            case ClientEvent.ConversationChanged(ConversationItem item) -> {
                if (state.isActive(state.room(item.conversation()))) {
                    readActive();
                }
            }
            default -> {}
        }
        lookUpNames();
        watchPeers();
    }

    void submit(String line) {
        state.say("");
        state.overlay(List.of());
        switch (Typed.parse(line)) {
            case Typed.Nothing _ -> {}
            case Typed.Say(String text) -> say(text, 0);
            case Typed.Go(int number) -> go(number);
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
                .whenComplete((_, error) -> {
                    failedLater(error);
                    desk.execute(() -> sending--);
                });
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

    /// What somebody waits for failed; said in words when it happens.
    void failedLater(@Nullable Throwable error) {
        Throwable cause = error == null || error.getCause() == null ? error : error.getCause();
        switch (cause) {
            case ClientException.Refused refused ->
                desk.execute(() -> state.complain(Refusals.words(refused.rejection())));
            case ClientException.Disconnected _ ->
                desk.execute(() -> state.complain("offline: this works only with a connection"));
            case null, default -> {}
        }
    }

    private void go(int number) {
        List<Room> list = state.list();
        if (number < 1 || number > list.size()) {
            state.complain("/" + number + ": there are " + list.size() + " conversations");
            return;
        }
        open(list.get(number - 1).id());
    }

    void jump(int number) {
        if (number <= state.list().size()) {
            go(number);
        }
    }

    /// The next in the list, or the one before.
    void step(int by) {
        List<Room> list = state.list();
        if (!list.isEmpty()) {
            int at = state.active().map(list::indexOf).orElse(by > 0 ? -1 : 0);
            open(list.get(Math.floorMod(at + by, list.size())).id());
        }
    }

    void nextUnread() {
        state.list().stream()
                .filter(room -> room.unread() > 0 && !state.isActive(room))
                .findFirst()
                .ifPresentOrElse(room -> open(room.id()), () -> state.say("nothing unread"));
    }

    void open(ConversationId id) {
        state.activate(id);
        state.say("");
        Room room = state.room(id);
        room.markNew();
        room.scroll(0);
        load(room);
        readActive();
        if (id.kind() == ConversationId.Kind.GROUP) {
            actions.learnMembers(id.group(), _ -> {});
        }
    }

    private void load(Room room) {
        if (room.entries().size() < PAGE && !room.atBeginning()) {
            older(room);
        }
        long mine = room.lastOf(state.me());
        if (mine > 0 && state.connection() instanceof ConnectionState.Online) {
            attempt(
                    () -> http.readers(room.id(), mine),
                    users -> users.forEach(user -> room.readTo(user, mine)),
                    _ -> {});
        }
    }

    /// Fetches the page before what is here.
    void older(Room room) {
        if (room.paging() || room.atBeginning()) {
            return;
        }
        room.paging(true);
        long before = room.entries().isEmpty() ? Long.MAX_VALUE : room.entries().firstKey();
        var _ = client.history(room.id(), before, PAGE)
                .whenComplete((page, _) -> desk.execute(() -> {
                    // Offline the same question would be asked with every key.
                    room.paging(page == null || !page.complete());
                    if (page != null) {
                        room.addOlder(page.entries(), page.more() || !page.complete());
                        readActive();
                        lookUpNames();
                    }
                    if (room.paging() && state.connection() instanceof ConnectionState.Online) {
                        room.paging(false);
                    }
                }));
    }

    void readActive() {
        Room room = state.active().orElse(null);
        if (room != null && room.unread() > 0 && room.scrolled() == 0 && room.item() != null) {
            client.read(room.id(), room.item().lastSeq());
        }
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

    /// Runs a call elsewhere; its value comes back to the desk, a refusal is shown.
    <T> void call(Supplier<Outcome<T>> call, Consumer<T> done) {
        attempt(call, done, state::complain);
    }

    <T> void attempt(Supplier<Outcome<T>> call, Consumer<T> done, Consumer<String> refused) {
        asking++;
        background.execute(() -> {
            try {
                switch (call.get()) {
                    case Outcome.Done<T>(T value) -> desk.execute(() -> done.accept(value));
                    case Outcome.Rejected<T>(var rejection) ->
                        desk.execute(() -> refused.accept(Refusals.words(rejection)));
                }
            } catch (UncheckedIOException _) {
                desk.execute(() -> refused.accept("offline: this works only with a connection"));
            } finally {
                desk.execute(() -> asking--);
            }
        });
    }

    Person learn(Profile profile) {
        Person person = new Person(profile.userId(), profile.username(), profile.name());
        if (!person.equals(state.people().person(person.user()))) {
            state.people().learn(person);
            kept.keep(person);
        }
        return person;
    }

    void lookUpNames() {
        List<Long> unknown = state.people().takeUnknown();
        if (!(state.connection() instanceof ConnectionState.Online)) {
            return;
        }
        for (long user : unknown) {
            if (askedFor.add(user)) {
                attempt(() -> http.user(user), this::learn, _ -> {});
            }
        }
    }

    private void watchPeers() {
        if (!(state.connection() instanceof ConnectionState.Online)) {
            return;
        }
        List<Long> peers = state.list().stream()
                .filter(room -> room.id().kind() == ConversationId.Kind.DIRECT)
                .map(room -> room.id().peerOf(state.me()))
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

    /// The message with this number in the open conversation.
    @Nullable
    Entry message(String number) {
        Room room = state.active().orElse(null);
        Entry entry = room == null || !number.matches("#?[0-9]{1,15}")
                ? null
                : room.entries().get(Long.parseLong(number.replace("#", "")));
        if (entry == null || !(entry.body() instanceof Body.Message)) {
            state.complain(number + ": no such message here (expected: one of the numbers on the left)");
            return null;
        }
        return entry;
    }
}
