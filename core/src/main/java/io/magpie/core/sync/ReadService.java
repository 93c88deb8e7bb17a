package io.magpie.core.sync;

import io.magpie.core.cluster.Fact;
import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Head;
import io.magpie.core.log.Unread;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.push.Acknowledgements;
import io.magpie.core.session.Session;
import io.magpie.core.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletionException;

/// Read, received and listened marks, and the unread number by its definition.
public final class ReadService {
    private final HistoryService history;
    private final EntryLog log;
    private final Cursors cursors;
    private final Delivery delivery;
    private final Acknowledgements acknowledgements;

    public ReadService(
            HistoryService history,
            EntryLog log,
            Cursors cursors,
            Delivery delivery,
            Acknowledgements acknowledgements) {
        this.history = history;
        this.log = log;
        this.cursors = cursors;
        this.delivery = delivery;
        this.acknowledgements = acknowledgements;
    }

    /// Moves the user's read cursor, durably, and answers what is still unread. Repeating it changes nothing.
    /// Blocks.
    public Outcome<Integer> read(long user, ConversationId conversation, long seq) {
        return history.place(user, conversation).then(_ -> {
            try {
                cursors.read(conversation, user, seq).join();
            } catch (CompletionException e) {
                return unavailable(e);
            }
            return history.place(user, conversation).map(this::unread);
        });
    }

    /// A device holds everything up to `seq`. Any thread; does not block.
    public void received(Session session, Command.Received received) {
        var conversation = received.conversation();
        acknowledgements.received(conversation, session.user(), received.seq());
        if (conversation.kind() == ConversationId.Kind.DIRECT && conversation.names(session.user())) {
            cursors.received(conversation, session.user(), received.seq());
        }
    }

    /// Tells the others that the user played a voice message. Blocks.
    public Outcome<Member> listened(Session session, Command.Listened listened) {
        var conversation = listened.conversation();
        long user = session.user();
        return history.place(user, conversation, listened.seq()).then(member -> {
            if (!member.current()) {
                return Outcome.rejected(ErrorCode.NOT_FOUND, "seq: no entry " + listened.seq() + " visible to you");
            }
            delivery.tell(
                    new Fact.Moved(Fact.Cursor.LISTENED, conversation, user, listened.seq()), session.connection());
            return Outcome.done(member);
        });
    }

    private int unread(Member member) {
        if (!member.current()) {
            return 0;
        }
        var conversation = member.conversation();
        var head = log.heads(List.of(conversation)).getOrDefault(conversation, new Head(conversation, 0, 0, 0));
        return log.unread(List.of(SyncService.unreadQuery(member, head)))
                .getOrDefault(conversation, new Unread(0, false))
                .count();
    }

    private static <T> Outcome<T> unavailable(CompletionException e) {
        if (e.getCause() instanceof StoreUnavailableException) {
            return Outcome.rejected(ErrorCode.UNAVAILABLE, "the store cannot write now");
        }
        throw e;
    }
}
