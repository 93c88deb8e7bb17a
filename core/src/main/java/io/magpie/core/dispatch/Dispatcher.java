package io.magpie.core.dispatch;

import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.message.MessageChanges;
import io.magpie.core.message.MessageService;
import io.magpie.core.message.TypingService;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.presence.PresenceService;
import io.magpie.core.session.CommandHandler;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Session;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.sync.HistoryService;
import io.magpie.core.sync.ReadService;
import io.magpie.core.sync.SyncService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one switch over what a client may ask. What needs no look-up runs on the lane at once; everything else runs
/// off it, a session's commands one after the other in the order they came.
public final class Dispatcher implements CommandHandler {
    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final long RETRY_MS = 1000;

    private final Admission admission;
    private final MessageService messages;
    private final MessageChanges changes;
    private final TypingService typing;
    private final ReadService reads;
    private final HistoryService history;
    private final SyncService sync;
    private final PresenceService presence;

    public Dispatcher(
            Admission admission,
            MessageService messages,
            MessageChanges changes,
            TypingService typing,
            ReadService reads,
            HistoryService history,
            SyncService sync,
            PresenceService presence) {
        this.admission = admission;
        this.messages = messages;
        this.changes = changes;
        this.typing = typing;
        this.reads = reads;
        this.history = history;
        this.sync = sync;
        this.presence = presence;
    }

    @Override
    public void hello(
            Connection connection, @Nullable String requestId, Command.Hello hello, Consumer<Session> admitted) {
        admission.workers().execute(() -> {
            long endings = admission.endings();
            var outcome = attempt(() -> admission.admit(connection, hello));
            connection.lane().execute(() -> {
                switch (outcome) {
                    case Outcome.Done<Session>(Session session) -> {
                        connection.reply(requestId, admission.welcome(session, admitted));
                        if (!admission.certain(endings)) {
                            admission.workers().execute(() -> confirm(session));
                        }
                    }
                    case Outcome.Rejected<Session>(Rejection rejection) ->
                        connection.reply(requestId, new Reply.Failed(rejection));
                }
            });
        });
    }

    /// What cannot be checked now is not let stay: the client comes back when it can be.
    private void confirm(Session session) {
        var outcome = attempt(() -> {
            admission.confirm(session);
            return Outcome.done(session);
        });
        if (outcome instanceof Outcome.Rejected<Session>) {
            var connection = session.connection();
            connection.lane().execute(connection::close);
        }
    }

    @Override
    public void handle(Session session, Request request) {
        var id = request.id();
        long user = session.user();
        switch (request.command()) {
            case Command.Ping _ -> session.connection().reply(id, admission.pong());
            case Command.Received received -> {
                reads.received(session, received);
                session.connection().reply(id, new Reply.Ok());
            }
            case Command.Send send -> send(session, id, send);
            case Command.Typing type -> typing(session, id, type);
            case Command.Read read ->
                later(
                        session,
                        id,
                        () -> reads.read(user, read.conversation(), read.seq()).map(Reply.Unread::new));
            case Command.Listened listened ->
                later(session, id, () -> reads.listened(session, listened).map(_ -> new Reply.Ok()));
            case Command.Recall recall ->
                later(session, id, () -> changes.recall(user, recall).map(Reply.Recorded::new));
            case Command.Edit edit ->
                later(session, id, () -> changes.edit(user, edit).map(Reply.Recorded::new));
            case Command.React react ->
                later(session, id, () -> changes.react(user, react).map(Reply.Recorded::new));
            case Command.History page -> later(session, id, () -> history.history(user, page));
            case Command.Sync since -> later(session, id, () -> sync.sync(user, since.since(), since.cursor()));
            case Command.Presence watch ->
                later(session, id, () -> Outcome.done(new Reply.Presence(presence.watch(session, watch.users()))));
            case Command.Hello _, Command.Bye _ ->
                throw new IllegalArgumentException(request.command().getClass().getSimpleName()
                        + ": is about the connection (expected: served by the gateway)");
        }
    }

    @Override
    public void closed(Session session) {
        admission.leave(session);
    }

    private void send(Session session, @Nullable String id, Command.Send send) {
        boolean sent = session.tasks().isIdle() && messages.trySend(session, id, send);
        if (!sent) {
            submit(session, id, () -> {
                var outcome = attempt(() -> {
                    messages.sendChecked(session, id, send);
                    return Outcome.done(session);
                });
                if (outcome instanceof Outcome.Rejected<Session>(Rejection rejection)) {
                    reply(session, id, new Reply.Failed(rejection));
                }
            });
        }
    }

    private void typing(Session session, @Nullable String id, Command.Typing type) {
        if (typing.tryTell(session, type)) {
            session.connection().reply(id, new Reply.Ok());
        } else {
            later(session, id, () -> typing.tellChecked(session, type).map(_ -> new Reply.Ok()));
        }
    }

    private <R extends Reply> void later(Session session, @Nullable String id, Supplier<Outcome<R>> work) {
        submit(
                session,
                id,
                () -> reply(
                        session,
                        id,
                        switch (attempt(work)) {
                            case Outcome.Done<R>(R reply) -> reply;
                            case Outcome.Rejected<R>(Rejection rejection) -> new Reply.Failed(rejection);
                        }));
    }

    private static void submit(Session session, @Nullable String id, Runnable task) {
        if (!session.tasks().submit(task)) {
            session.connection()
                    .reply(
                            id,
                            new Reply.Failed(new Rejection(
                                    ErrorCode.RATE_LIMITED, "too many requests of this session wait", RETRY_MS)));
        }
    }

    private static void reply(Session session, @Nullable String id, Reply reply) {
        var connection = session.connection();
        connection.lane().execute(() -> connection.reply(id, reply));
    }

    private static <T> Outcome<T> attempt(Supplier<Outcome<T>> work) {
        try {
            return work.get();
        } catch (StoreUnavailableException e) {
            LOG.log(Level.WARNING, "the store is unavailable: {0}", e.getMessage());
            return Outcome.rejected(new Rejection(ErrorCode.UNAVAILABLE, "the store does not answer now", RETRY_MS));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a command failed", e);
            return Outcome.rejected(new Rejection(ErrorCode.INTERNAL, "a fault of the server; it is logged", RETRY_MS));
        }
    }
}
