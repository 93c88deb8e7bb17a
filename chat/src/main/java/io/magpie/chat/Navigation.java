package io.magpie.chat;

import io.magpie.chat.state.ChatState;
import io.magpie.chat.state.Room;
import io.magpie.client.ConnectionState;
import io.magpie.client.MagpieClient;
import io.magpie.client.Page;
import io.magpie.client.http.MagpieHttp;
import io.magpie.core.conversation.ConversationId;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Goes from conversation to conversation and back in their past, and marks as read what was seen. On the desk.
final class Navigation {
    private static final int PAGE = 50;

    private final ChatState state;
    private final MagpieClient client;
    private final MagpieHttp http;
    private final Calls calls;
    private final Names names;
    private final Groups groups;
    private final Executor desk;

    Navigation(
            ChatState state,
            MagpieClient client,
            MagpieHttp http,
            Calls calls,
            Names names,
            Groups groups,
            Executor desk) {
        this.state = state;
        this.client = client;
        this.http = http;
        this.calls = calls;
        this.names = names;
        this.groups = groups;
        this.desk = desk;
    }

    void go(int number) {
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
            groups.learn(id.group(), _ -> {});
        }
    }

    void load(Room room) {
        if (room.entries().size() < PAGE && !room.atBeginning()) {
            older(room);
        }
        long mine = room.lastOf(state.me());
        if (mine > 0 && state.connection() instanceof ConnectionState.Online) {
            calls.attempt(
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
        calls.tell(client.history(room.id(), before, PAGE).handle((page, _) -> {
            desk.execute(() -> arrived(room, page));
            return room;
        }));
    }

    private void arrived(Room room, @Nullable Page page) {
        // Offline the same question would be asked with every key.
        boolean online = state.connection() instanceof ConnectionState.Online;
        room.paging(!online && (page == null || !page.complete()));
        if (page != null) {
            room.addOlder(page.entries(), page.more() || !page.complete());
            readActive();
            names.lookUp();
        }
    }

    void readActive() {
        Room room = state.active().orElse(null);
        if (room != null && room.unread() > 0 && room.scrolled() == 0 && room.item() != null) {
            client.read(room.id(), room.item().lastSeq());
        }
    }
}
