package io.magpie.core.delivery;

import io.magpie.core.cluster.Fact;
import io.magpie.core.cluster.Recipient;
import io.magpie.core.cluster.Relay;
import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.journal.AfterCommit;
import io.magpie.core.journal.Posting;
import io.magpie.core.journal.Settled;
import io.magpie.core.log.Body;
import io.magpie.core.log.Entry;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Session;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.Weight;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// From a committed entry to every live session on this node that should see it, and to the other nodes that
/// hold somebody who should.
///
/// **Guaranteed:** a session sees the entries of a conversation in seq order, each once, from its first one
/// on; an entry goes to those who may see it at that seq, because `members` entries change the audience in the
/// same order. **Not guaranteed:** that a push arrives; the log is the truth. **Thread:** any; one lock makes
/// commits of different threads follow one another. Nothing inside it blocks: encoding and writing happen on
/// the lanes.
public final class Delivery implements AfterCommit {
    private static final Logger LOG = System.getLogger(Delivery.class.getName());

    private static final int MAX_CURSOR_AUDIENCE = 200;

    /// Younger entries may still be on their way from the committing thread.
    static final long SETTLING_MS = 2000;

    private final Order order;
    private final Set<ConversationId> early = new HashSet<>();
    private final Set<ConversationId> failed = new HashSet<>();
    private final Set<Long> doubtful = new HashSet<>();
    private final ToldCursors toldCursors = new ToldCursors();
    private final Sessions sessions;
    private final Audiences audiences;
    private final Relay relay;
    private final DeliveryStats stats;

    public Delivery(Sessions sessions, Audiences audiences, Relay relay, DeliveryStats stats) {
        this.sessions = sessions;
        this.audiences = audiences;
        this.relay = relay;
        this.stats = stats;
        // Alone, every entry comes by here: there is no pause to tell from a hole.
        this.order = new Order(relay.alone() ? _ -> 0 : audiences::since);
    }

    @Override
    public synchronized void committed(List<Entry> entries) {
        var fanout = new Fanout(stats);
        for (Entry entry : entries) {
            deliver(entry, weight(entry.conversation()), null, fanout);
        }
        fanout.send();
        if (!relay.alone()) {
            entries.forEach(entry -> offer(entry, false));
        }
    }

    /// What another node committed, as it says.
    public synchronized void arrived(List<Fact.Committed> facts) {
        var fanout = new Fanout(stats);
        for (Fact.Committed fact : facts) {
            var entry = fact.entry();
            deliver(entry, fact.urgent() ? Weight.DIRECT : weight(entry.conversation()), null, fanout);
        }
        fanout.send();
    }

    /// What stands in the log, whoever committed it: what of it was not delivered here, to those who have been
    /// here since.
    synchronized void repair(List<Entry> entries) {
        var fanout = new Fanout(stats);
        for (Entry entry : entries) {
            if (missing(entry)) {
                stats.repairs.increment();
                deliver(entry, weight(entry.conversation()), null, fanout);
            }
        }
        fanout.send();
    }

    /// What the log did not fill is deleted, or older than the sessions here: what waits behind it goes on.
    synchronized void giveUpHole(ConversationId conversation) {
        if (failed.contains(conversation) || !order.skipHole(conversation)) {
            return;
        }
        var fanout = new Fanout(stats);
        push(conversation, new Event.Lagging(List.of(conversation)), weight(conversation), null, fanout);
        deliverEarly(conversation, fanout);
        fanout.send();
    }

    private boolean missing(Entry entry) {
        // Whoever came after it has it from the sync; the margins are for a commit on its way then.
        long since = audiences.since(entry);
        return entry.sentAt() >= since - Order.OVERLAP_MS
                && (entry.seq() > order.delivered(entry.conversation())
                        || (entry.seq() < order.first(entry.conversation()) && entry.sentAt() >= since - SETTLING_MS));
    }

    @Override
    public synchronized void settled(List<Settled> batch) {
        var fanout = new Fanout(stats);
        for (Settled settled : batch) {
            Posting posting = settled.posting();
            posting.receipt().settled(settled.result(), fanout);
            var entry = settled.entry();
            if (entry != null) {
                deliver(entry, posting.weight(), posting.from(), fanout);
            }
        }
        fanout.send();
        if (!relay.alone()) {
            offer(batch);
        }
    }

    private void offer(List<Settled> batch) {
        for (Settled settled : batch) {
            var entry = settled.entry();
            if (entry != null) {
                offer(entry, settled.posting().weight() != weight(entry.conversation()));
            }
        }
    }

    /// Whoever just joined or went is told of it as well.
    private void offer(Entry entry, boolean urgent) {
        var also = entry.body() instanceof Body.MembersChanged members ? members.users() : List.<Long>of();
        relay.offer(new Recipient.Of(entry.conversation(), also), new Fact.Committed(entry, urgent));
    }

    /// A moved cursor, to everybody online in the conversation; in a large group only to the user's own
    /// devices, or every reader would cost as many pushes as there are members.
    public void tell(Fact.Moved moved, @Nullable Connection except) {
        tellHere(moved, except);
        if (!relay.alone()) {
            relay.offer(new Recipient.Of(moved.conversation(), List.of(moved.user())), moved);
        }
    }

    public void tell(Fact.Typing typing, @Nullable Connection except) {
        tellHere(typing, except);
        if (!relay.alone()) {
            relay.offer(new Recipient.Of(typing.conversation()), typing);
        }
    }

    /// To the sessions of this node. A read or delivered cursor that is already known to be further is not told.
    public void tellHere(Fact.Moved moved, @Nullable Connection except) {
        if (relay.alone() || moved.cursor() == Fact.Cursor.LISTENED) {
            push(moved, except);
            return;
        }
        synchronized (toldCursors) {
            if (toldCursors.advance(moved)) {
                push(moved, except);
            }
        }
    }

    private void push(Fact.Moved moved, @Nullable Connection except) {
        var conversation = moved.conversation();
        long user = moved.user();
        var event = switch (moved.cursor()) {
            case READ -> new Event.Read(conversation, user, moved.seq());
            case DELIVERED -> new Event.Delivered(conversation, user, moved.seq());
            case LISTENED -> new Event.Listened(conversation, user, moved.seq());
        };
        if (conversation.kind() == ConversationId.Kind.GROUP
                && audiences.size(conversation.group()) > MAX_CURSOR_AUDIENCE) {
            tell(sessions.of(user), event, weight(conversation), except);
        } else {
            tell(conversation, event, weight(conversation), except);
        }
    }

    /// To the sessions of this node.
    public void tellHere(Fact.Typing typing, @Nullable Connection except) {
        var event = new Event.Typing(typing.conversation(), typing.user(), typing.active());
        tell(typing.conversation(), event, Weight.EPHEMERAL, except);
    }

    /// Says `lagging` to every session of this node: what was missed is not known.
    void tellAllLagging() {
        tell(sessions.all(), new Event.Lagging(List.of()), Weight.DIRECT, null);
    }

    private void tell(List<Session> to, Event event, Weight weight, @Nullable Connection except) {
        var fanout = new Fanout(stats);
        fanout.push(to, event, weight, except);
        fanout.send();
    }

    private void tell(ConversationId conversation, Event event, Weight weight, @Nullable Connection except) {
        var fanout = new Fanout(stats);
        push(conversation, event, weight, except, fanout);
        fanout.send();
    }

    /// Conversations in which an entry waits for one before it; asking empties the list.
    synchronized List<ConversationId> takeEarly() {
        var taken = List.copyOf(early);
        early.clear();
        return taken;
    }

    /// Conversations in which a delivery failed; asking empties the list.
    synchronized List<ConversationId> takeFailed() {
        var taken = List.copyOf(failed);
        failed.clear();
        return taken;
    }

    /// Users of whom a change of membership came too late to be followed; asking empties the list.
    synchronized List<Long> takeDoubtful() {
        var taken = List.copyOf(doubtful);
        doubtful.clear();
        return taken;
    }

    synchronized long delivered(ConversationId conversation) {
        return order.delivered(conversation);
    }

    /// The first seq delivered since this node follows the conversation, 0 if it does not.
    synchronized long first(ConversationId conversation) {
        return order.first(conversation);
    }

    /// What is lighter than its conversation is dropped first when a reader is slow.
    public static Weight weight(ConversationId conversation) {
        return conversation.kind() == ConversationId.Kind.GROUP ? Weight.GROUP : Weight.DIRECT;
    }

    private void deliver(Entry entry, Weight weight, @Nullable Connection except, Fanout fanout) {
        switch (order.turn(entry)) {
            case NOW -> {
                attempt(entry, weight, except, fanout);
                deliverEarly(entry.conversation(), fanout);
            }
            case EARLY -> {
                stats.holes.increment();
                early.add(entry.conversation());
            }
            case LATE -> late(entry, fanout);
            case REPEATED -> {}
        }
    }

    /// The entries after it were pushed already, so the sessions that may see it are told to pull: those it lets in
    /// as well, who are not in the audience yet.
    private void late(Entry entry, Fanout fanout) {
        stats.late.increment();
        var conversation = entry.conversation();
        var lagging = new Event.Lagging(List.of(conversation));
        if (entry.body() instanceof Body.MembersChanged members) {
            doubtful.addAll(members.users());
            members.users().forEach(user -> fanout.push(sessions.of(user), lagging, weight(conversation), null));
        }
        push(conversation, lagging, entry.seq(), weight(conversation), null, fanout);
    }

    private void deliverEarly(ConversationId conversation, Fanout fanout) {
        for (var next = order.next(conversation); next != null; next = order.next(conversation)) {
            attempt(next, weight(conversation), null, fanout);
        }
    }

    private void attempt(Entry entry, Weight weight, @Nullable Connection except, Fanout fanout) {
        try {
            dispatch(entry, weight, except, fanout);
            stats.delivered(entry);
        } catch (RuntimeException e) {
            failed.add(entry.conversation());
            order.rewind(entry);
            LOG.log(Level.ERROR, "delivery of " + entry.conversation() + " " + entry.seq() + " failed", e);
        }
    }

    /// Those who come see the entry that lets them in, those who go the one that lets them out.
    private void dispatch(Entry entry, Weight weight, @Nullable Connection except, Fanout fanout) {
        var conversation = entry.conversation();
        var event = new Event.EntryAdded(entry);
        switch (entry.body()) {
            case Body.MembersChanged members -> {
                var change = members.change();
                if (change == Body.MemberChange.JOINED) {
                    audiences.joined(conversation.group(), members.users(), entry.seq());
                }
                push(conversation, event, weight, except, fanout);
                if (change == Body.MemberChange.LEFT || change == Body.MemberChange.REMOVED) {
                    audiences.left(conversation.group(), members.users());
                }
            }
            case Body.GroupChanged changed -> {
                push(conversation, event, weight, except, fanout);
                if (changed.change() == Body.GroupChange.DISSOLVED) {
                    audiences.dissolved(conversation.group());
                }
            }
            case Body.Message _, Body.Recall _, Body.Edit _, Body.Reaction _, Body.Notice _ ->
                push(conversation, event, weight, except, fanout);
        }
    }

    private static long seq(Event event) {
        return event instanceof Event.EntryAdded(Entry entry) ? entry.seq() : Long.MAX_VALUE;
    }

    private void push(
            ConversationId conversation, Event event, Weight weight, @Nullable Connection except, Fanout fanout) {
        push(conversation, event, seq(event), weight, except, fanout);
    }

    /// @param seq of the entry that receivers may see; the greatest number for what is no entry
    private void push(
            ConversationId conversation,
            Event event,
            long seq,
            Weight weight,
            @Nullable Connection except,
            Fanout fanout) {
        switch (conversation.kind()) {
            case DIRECT -> {
                fanout.push(sessions.of(conversation.low()), event, weight, except);
                if (conversation.high() != conversation.low()) {
                    fanout.push(sessions.of(conversation.high()), event, weight, except);
                }
            }
            case NOTICES -> fanout.push(sessions.of(conversation.owner()), event, weight, except);
            case GROUP -> fanout.pushShares(audiences.of(conversation.group(), seq), event, weight, except);
        }
    }
}
