package io.magpie.chat.state;

import io.magpie.chat.text.Clean;
import io.magpie.client.ClientEvent;
import io.magpie.client.ConnectionState;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All the chat shows. Changed by events and by what the user does, on one thread.
public final class ChatState {
    private final Map<ConversationId, Room> rooms = new HashMap<>();
    private final People people = new People();
    private final String username;
    private long me;
    private ConnectionState connection = new ConnectionState.Connecting(0);
    private @Nullable ConversationId active;
    private List<String> overlay = List.of();
    private int overlayFrom;
    private String notice = "";
    private boolean noticeBad;

    public ChatState(long me, String username) {
        this.me = me;
        this.username = username;
        people.learn(new People.Person(me, username, username));
    }

    public long me() {
        return me;
    }

    public String username() {
        return username;
    }

    public People people() {
        return people;
    }

    public Words words() {
        return new Words(people, me, group -> title(room(ConversationId.group(group))));
    }

    public ConnectionState connection() {
        return connection;
    }

    public Room room(ConversationId id) {
        return rooms.computeIfAbsent(id, Room::new);
    }

    /// What to show in the list, the newest first.
    public List<Room> list() {
        List<Room> list = new ArrayList<>(rooms.values());
        list.removeIf(room -> !isActive(room) && isHidden(room));
        list.sort(Comparator.comparing(ChatState::pinned)
                .thenComparingLong(Room::lastAt)
                .reversed()
                .thenComparing(room -> room.id().toString()));
        return list;
    }

    public boolean isActive(Room room) {
        return active != null && active.equals(room.id());
    }

    private static boolean isHidden(Room room) {
        ConversationItem item = room.item();
        return item == null ? room.outgoing().isEmpty() && room.entries().isEmpty() : item.hidden();
    }

    private static boolean pinned(Room room) {
        return room.item() != null && room.item().pinned();
    }

    public String title(Room room) {
        ConversationItem item = room.item();
        return switch (room.id().kind()) {
            case NOTICES -> "Notices";
            case GROUP ->
                item == null || item.title().isEmpty() ? "group " + room.id().group() : Clean.oneLine(item.title());
            case DIRECT -> {
                long peer = room.id().peerOf(me);
                yield peer == me ? "Notes to self" : Clean.oneLine(people.name(peer));
            }
        };
    }

    public Optional<Room> active() {
        return active == null ? Optional.empty() : Optional.of(room(active));
    }

    public void activate(@Nullable ConversationId id) {
        active = id;
        overlay = List.of();
    }

    /// Lines shown instead of the messages; none if empty.
    public List<String> overlay() {
        return overlay;
    }

    public void overlay(List<String> lines) {
        overlay = List.copyOf(lines);
        overlayFrom = 0;
    }

    /// How many lines of the overlay are above the screen.
    public int overlayFrom() {
        return overlayFrom;
    }

    public void scrollOverlay(int from) {
        overlayFrom = Math.clamp(from, 0, Math.max(0, overlay.size() - 1));
    }

    public String notice() {
        return notice;
    }

    public boolean noticeBad() {
        return noticeBad;
    }

    public void say(String text) {
        notice = text;
        noticeBad = false;
    }

    public void complain(String text) {
        notice = text;
        noticeBad = true;
    }

    public long waiting() {
        return rooms.values().stream()
                .flatMap(room -> room.outgoing().stream())
                .filter(each -> each.failure() == null)
                .count();
    }

    public void apply(ClientEvent event, long now) {
        switch (event) {
            case ClientEvent.ConnectionChanged(ConnectionState state) -> connected(state);
            case ClientEvent.CaughtUp _ -> {}
            case ClientEvent.HistoryReset _ -> rooms.values().forEach(Room::clear);
            case ClientEvent.EntryAdded(Entry entry) -> added(entry);
            case ClientEvent.EntriesSkipped(ConversationId id, long _, long _) -> room(id).clear();
            case ClientEvent.EntryChanged(Entry entry) ->
                room(entry.conversation()).replace(entry);
            case ClientEvent.ConversationChanged(ConversationItem item) ->
                room(item.conversation()).item(item);
            case ClientEvent.ReadMoved(ConversationId id, long user, long seq) -> room(id).readTo(user, seq);
            case ClientEvent.DeliveredMoved(ConversationId id, long user, long seq) -> room(id).deliveredTo(user, seq);
            case ClientEvent.Listened _ -> {}
            case ClientEvent.Typing(ConversationId id, long user, boolean active) -> room(id).typing(user, active, now);
            case ClientEvent.PresenceChanged(var states) -> states.forEach(people::present);
            case ClientEvent.MessageQueued(var message) ->
                room(message.conversation()).queued(message);
            case ClientEvent.MessageSent _ -> {}
            case ClientEvent.MessageFailed(var message, var rejection) ->
                room(message.conversation()).failed(message, Refusals.words(rejection));
        }
    }

    /// Whether an entry that comes now is worth a sound: a message of somebody else, to me alone or mentioning me,
    /// in a conversation that is not muted.
    public boolean alerts(Entry entry) {
        ConversationItem item = room(entry.conversation()).item();
        return entry.body() instanceof Body.Message message
                && message.content() != null
                && entry.sender() != me
                && (item == null || !item.muted())
                && (entry.conversation().kind() == ConversationId.Kind.DIRECT
                        || message.mentions().all()
                        || message.mentions().users().contains(me));
    }

    private void connected(ConnectionState state) {
        connection = state;
        switch (state) {
            case ConnectionState.Online(var welcome) -> me = welcome.userId();
            case ConnectionState.Synchronizing(var welcome) -> me = welcome.userId();
            case ConnectionState.Waiting _, ConnectionState.Ended _ -> people.forgetPresence();
            case ConnectionState.Connecting _ -> {}
        }
    }

    private void added(Entry entry) {
        Room room = room(entry.conversation());
        room.add(entry);
        if (entry.body() instanceof Body.MembersChanged changed) {
            var users = changed.users();
            switch (changed.change()) {
                case JOINED -> room.members().addAll(users);
                case LEFT, REMOVED -> users.forEach(room.members()::remove);
                case ROLE, MUTED, UNMUTED, NICKNAME -> {}
            }
        } else if (entry.body() instanceof Body.Message) {
            room.members().add(entry.sender());
        }
        if (entry.body() instanceof Body.Notice) {
            say(words().event(entry));
        }
    }
}
