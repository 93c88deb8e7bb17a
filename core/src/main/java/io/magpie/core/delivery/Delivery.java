package io.magpie.core.delivery;

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

/// From a committed entry to every live session on this node that should see it.
///
/// **Guaranteed:** a session sees the entries of a conversation in seq order, each once, from its first one on; an
/// entry goes to those who may see it at that seq, because `members` entries change the audience in the same order.
/// **Not guaranteed:** that a push arrives; the log is the truth. **Thread:** any; one lock makes commits of
/// different threads follow one another. Nothing inside it blocks: encoding and writing happen on the lanes.
public final class Delivery implements AfterCommit {
    private static final Logger LOG = System.getLogger(Delivery.class.getName());

    private static final int MAX_CURSOR_AUDIENCE = 200;

    private final Order order = new Order();
    private final Set<ConversationId> early = new HashSet<>();
    private final Set<ConversationId> failed = new HashSet<>();
    private final Sessions sessions;
    private final Audiences audiences;
    private final DeliveryStats stats;

    public Delivery(Sessions sessions, Audiences audiences, DeliveryStats stats) {
        this.sessions = sessions;
        this.audiences = audiences;
        this.stats = stats;
    }

    @Override
    public synchronized void committed(List<Entry> entries) {
        var fanout = new Fanout(stats);
        for (Entry entry : entries) {
            deliver(entry, weight(entry.conversation()), null, fanout);
        }
        fanout.send();
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
    }

    /// A moved cursor, to everybody online in the conversation; in a large group only to the user's own devices, or
    /// every reader would cost as many pushes as there are members.
    public void tellCursor(ConversationId conversation, long user, Event event) {
        if (conversation.kind() == ConversationId.Kind.GROUP
                && audiences.size(conversation.group()) > MAX_CURSOR_AUDIENCE) {
            tell(sessions.of(user), event, weight(conversation));
        } else {
            tell(conversation, event, weight(conversation), null);
        }
    }

    /// An event that is no entry, to these sessions.
    public void tell(List<Session> to, Event event, Weight weight) {
        var fanout = new Fanout(stats);
        fanout.push(to, event, weight, null);
        fanout.send();
    }

    /// An event that is no entry, to everybody online in the conversation but `except`.
    public void tell(ConversationId conversation, Event event, Weight weight, @Nullable Connection except) {
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

    synchronized long delivered(ConversationId conversation) {
        return order.delivered(conversation);
    }

    /// What is lighter than its conversation is dropped first when a reader is slow.
    public static Weight weight(ConversationId conversation) {
        return conversation.kind() == ConversationId.Kind.GROUP ? Weight.GROUP : Weight.DIRECT;
    }

    private void deliver(Entry entry, Weight weight, @Nullable Connection except, Fanout fanout) {
        switch (order.turn(entry)) {
            case NOW -> {
                attempt(entry, weight, except, fanout);
                var conversation = entry.conversation();
                for (var next = order.next(conversation); next != null; next = order.next(conversation)) {
                    attempt(next, weight(conversation), null, fanout);
                }
            }
            case EARLY -> {
                stats.holes.increment();
                early.add(entry.conversation());
            }
            case REPEATED -> {}
        }
    }

    private void attempt(Entry entry, Weight weight, @Nullable Connection except, Fanout fanout) {
        try {
            dispatch(entry, weight, except, fanout);
            stats.entries.increment();
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
                    audiences.joined(conversation.group(), members.users());
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

    private void push(
            ConversationId conversation, Event event, Weight weight, @Nullable Connection except, Fanout fanout) {
        switch (conversation.kind()) {
            case DIRECT -> {
                fanout.push(sessions.of(conversation.low()), event, weight, except);
                if (conversation.high() != conversation.low()) {
                    fanout.push(sessions.of(conversation.high()), event, weight, except);
                }
            }
            case NOTICES -> fanout.push(sessions.of(conversation.owner()), event, weight, except);
            case GROUP -> fanout.pushShares(audiences.of(conversation.group()), event, weight, except);
        }
    }
}
