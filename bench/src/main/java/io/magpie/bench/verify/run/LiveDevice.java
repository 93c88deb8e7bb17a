package io.magpie.bench.verify.run;

import io.magpie.bench.verify.history.Recorder;
import io.magpie.bench.verify.history.What;
import io.magpie.bench.verify.history.Where;
import io.magpie.client.Transport;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A device that believes what the protocol tells it: it asks for what it lacks when it connects and when it is told
/// that it lags, and otherwise waits for pushes. So a push that never comes shows. One thread acts for it; pushes
/// come on others.
final class LiveDevice {
    private static final int PATIENCE_MS = 10_000;
    private static final int PAGE = 200;

    private final String name;
    private final long user;
    private final String token;
    private final Transport transport;
    private final Recorder recorder;
    private final Map<ConversationId, Held> held = new HashMap<>();
    private final Map<Long, Boolean> online = new HashMap<>();
    private volatile @Nullable Talk talk;
    private volatile boolean lagging;
    private long syncedAt;

    LiveDevice(String name, long user, String token, Transport transport, Recorder recorder) {
        this.name = name;
        this.user = user;
        this.token = token;
        this.transport = transport;
        this.recorder = recorder;
    }

    long user() {
        return user;
    }

    String token() {
        return token;
    }

    /// The live session.
    Optional<Talk> talk() {
        return Optional.ofNullable(talk).filter(Talk::isOpen);
    }

    /// Connects there and catches up. False if either fails; then it is offline.
    boolean connect(Place place) throws InterruptedException {
        leave("goes elsewhere");
        var where = new Where(name, user, place.node(), recorder.nextSession());
        Talk next = Talk.begin(transport, place, where, recorder, this::pushed);
        talk = next;
        lagging = false;
        if (!next.hello(new Command.Hello(token, new Device(name, Platform.BOT, "")))) {
            return false;
        }
        if (!catchUp(next)) {
            next.abort("could not catch up");
            return false;
        }
        recorder.seen(where, new What.CaughtUp());
        return true;
    }

    void leave(String why) {
        Talk current = talk;
        if (current != null) {
            current.abort(why);
        }
    }

    /// Whether it was told that it lags and has not asked since.
    boolean lags() {
        return lagging;
    }

    /// Asks for all that changed and fetches what it lacks.
    boolean catchUp(Talk current) throws InterruptedException {
        lagging = false;
        String cursor = null;
        long since = syncedAt;
        long next = syncedAt;
        do {
            if (!(current.ask(new Command.Sync(since, cursor), PATIENCE_MS).orElse(null)
                    instanceof Reply.Conversations list)) {
                return false;
            }
            for (ConversationItem item : list.items()) {
                if (!fetch(current, item)) {
                    return false;
                }
            }
            cursor = list.cursor();
            next = list.syncedAt();
        } while (cursor != null);
        syncedAt = next;
        return true;
    }

    private boolean fetch(Talk current, ConversationItem item) throws InterruptedException {
        var conversation = item.conversation();
        synchronized (held) {
            held(conversation).startAt(item.firstSeq());
        }
        while (top(conversation) < item.lastSeq()) {
            var range = new Command.Range.After(top(conversation));
            if (!(current.ask(new Command.History(conversation, range, PAGE), PATIENCE_MS)
                            .orElse(null)
                    instanceof Reply.Entries page)) {
                return false;
            }
            long before = top(conversation);
            page.entries().forEach(this::hold);
            if (top(conversation) == before) {
                // A page that does not bring it further is for the checker to judge.
                break;
            }
        }
        received(current, conversation);
        return true;
    }

    /// Everything up to here is held.
    long top(ConversationId conversation) {
        synchronized (held) {
            Held known = held.get(conversation);
            return known == null ? 0 : known.top();
        }
    }

    /// Conversations it has heard of.
    List<ConversationId> conversations() {
        synchronized (held) {
            return List.copyOf(held.keySet());
        }
    }

    /// What it was last told of a user it watches.
    Optional<Boolean> told(long other) {
        synchronized (online) {
            return Optional.ofNullable(online.get(other));
        }
    }

    void watch(Talk current, List<Long> users) throws InterruptedException {
        if (current.ask(new Command.Presence(users), PATIENCE_MS).orElse(null) instanceof Reply.Presence presence) {
            tell(presence.states());
        }
    }

    /// Sends, and holds what it sent once it knows its place.
    Optional<Reply> send(Talk current, Command.Send send, int patienceMs) throws InterruptedException {
        Optional<Reply> reply = current.ask(send, patienceMs);
        if (reply.orElse(null) instanceof Reply.Sent sent) {
            synchronized (held) {
                held(sent.conversation()).add(sent.seq());
            }
            received(current, sent.conversation());
        }
        return reply;
    }

    /// As [#send], for what makes an entry of another kind.
    Optional<Reply> change(Talk current, ConversationId conversation, Command command) throws InterruptedException {
        Optional<Reply> reply = current.ask(command, PATIENCE_MS);
        if (reply.orElse(null) instanceof Reply.Recorded(long seq)) {
            synchronized (held) {
                held(conversation).add(seq);
            }
        }
        return reply;
    }

    private void pushed(Event event) {
        switch (event) {
            case Event.EntryAdded(Entry entry) -> {
                hold(entry);
                talk().ifPresent(current -> received(current, entry.conversation()));
            }
            case Event.Lagging _ -> lagging = true;
            case Event.Presence(List<PresenceState> states) -> tell(states);
            case Event.Read _, Event.Delivered _, Event.Listened _, Event.Typing _, Event.Bye _ -> {}
        }
    }

    private void tell(List<PresenceState> states) {
        synchronized (online) {
            states.forEach(state -> online.put(state.user(), state.online()));
        }
    }

    private void hold(Entry entry) {
        synchronized (held) {
            Held known = held(entry.conversation());
            boolean joins = entry.body() instanceof Body.MembersChanged changed
                    && changed.change() == Body.MemberChange.JOINED
                    && changed.users().contains(user);
            // Founders see the group from its beginning.
            if (joins && entry.seq() > 2) {
                known.startAt(entry.seq());
            }
            known.add(entry.seq());
        }
    }

    private Held held(ConversationId conversation) {
        return held.computeIfAbsent(conversation, _ -> new Held());
    }

    private void received(Talk current, ConversationId conversation) {
        current.tell(new Command.Received(conversation, top(conversation)));
    }
}
