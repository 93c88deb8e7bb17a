package io.magpie.core.message;

import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.file.FileReferences;
import io.magpie.core.journal.Answers;
import io.magpie.core.journal.GroupCommit;
import io.magpie.core.journal.Posting;
import io.magpie.core.journal.Receipt;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.AppendResult.Stored;
import io.magpie.core.log.Body;
import io.magpie.core.log.Draft;
import io.magpie.core.log.EntryLog;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.session.Permit;
import io.magpie.core.session.Session;
import io.magpie.core.session.Weight;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Sending: may this user write here, then into the group commit.
///
/// The permission is looked up once per session and conversation and checked again by the commit itself (see
/// [Draft#access]), so the usual send needs no read at all and runs on the session's lane from frame to queue.
public final class MessageService {
    /// A right to write changes rarely; more changes than this between look-up and commit are not by chance.
    private static final int MAX_CHECKS = 5;

    private final MessageRules rules;
    private final GroupCommit commit;
    private final EntryLog log;
    private final LongUnaryOperator sendLimit;
    private final MessageStats stats;
    private final InstantSource clock;

    /// @param sendLimit takes one send of a user; 0 to go on, else how many milliseconds to wait
    public MessageService(
            MessageRules rules,
            GroupCommit commit,
            EntryLog log,
            LongUnaryOperator sendLimit,
            MessageStats stats,
            InstantSource clock) {
        this.rules = rules;
        this.commit = commit;
        this.log = log;
        this.sendLimit = sendLimit;
        this.stats = stats;
        this.clock = clock;
    }

    /// Sends without blocking, on the lane. False if something must be looked up first: then [#sendChecked].
    public boolean trySend(Session session, @Nullable String requestId, Command.Send send) {
        var permit = session.permit(send.conversation());
        if (permit == null
                || permit.silencedUntil() > clock.millis()
                || send.replyTo() > 0
                || !FileReferences.of(send.content()).isEmpty()) {
            return false;
        }
        refusal(session.user(), send)
                .ifPresentOrElse(
                        refusal -> session.connection().reply(requestId, new Reply.Failed(counted(refusal))),
                        () -> post(session, requestId, send, permit.access(), null));
        return true;
    }

    /// As [#trySend], but looks up what it needs. Blocks; off the lane.
    public void sendChecked(Session session, @Nullable String requestId, Command.Send send) {
        var refusal = refusal(session.user(), send);
        if (refusal.isPresent()) {
            refuse(session, requestId, refusal.get());
            return;
        }
        switch (mayWrite(session.user(), send)) {
            case Outcome.Done<Permit>(Permit permit) -> {
                session.keep(send.conversation(), permit);
                post(session, requestId, send, permit.access(), null);
            }
            case Outcome.Rejected<Permit>(Rejection rejection) -> {
                if (exists(send)) {
                    post(session, requestId, send, Draft.ONLY_REPEAT, rejection);
                } else {
                    refuse(session, requestId, rejection);
                }
            }
        }
    }

    /// Sends for a back end. Blocks until committed.
    public Outcome<Stored> send(long user, Command.Send send) {
        var refusal = refusal(user, send);
        if (refusal.isPresent()) {
            return Outcome.rejected(counted(refusal.get()));
        }
        for (int check = 0; check < MAX_CHECKS; check++) {
            var permit = mayWrite(user, send);
            long access = permit instanceof Outcome.Done<Permit>(Permit p) ? p.access() : Draft.ONLY_REPEAT;
            if (permit instanceof Outcome.Rejected<Permit>(Rejection rejection) && !exists(send)) {
                return Outcome.rejected(counted(rejection));
            }
            switch (commit.append(draft(user, send, access), weight(send))) {
                case Stored stored -> {
                    return Outcome.done(counted(stored));
                }
                case AppendResult.Refused(Rejection rejection) -> {
                    return Outcome.rejected(counted(rejection));
                }
                case AppendResult.Stale _ -> {
                    if (permit instanceof Outcome.Rejected<Permit>(Rejection rejection)) {
                        return Outcome.rejected(counted(rejection));
                    }
                }
            }
        }
        return Outcome.rejected(counted(new Rejection(ErrorCode.CONFLICT, "conversation: changes too fast", 1000)));
    }

    /// What stands against the send whatever the conversation: the rate and moderation.
    private Optional<Rejection> refusal(long user, Command.Send send) {
        long waitMs = sendLimit.applyAsLong(user);
        return waitMs > 0 ? Optional.of(tooFast(waitMs)) : rules.objection(user, send.content());
    }

    /// A reply must point at something its author sees, a file must be readable for its author.
    private Outcome<Permit> mayWrite(long user, Command.Send send) {
        var permit = rules.mayWrite(user, send.conversation())
                .then(p -> rules.objectionToFiles(user, send.content())
                        .<Outcome<Permit>>map(Outcome::rejected)
                        .orElseGet(() -> Outcome.done(p)));
        return send.replyTo() == 0
                ? permit
                : permit.then(p ->
                        rules.visible(user, send.conversation(), send.replyTo()).map(_ -> p));
    }

    private boolean exists(Command.Send send) {
        return !log.heads(List.of(send.conversation())).isEmpty();
    }

    /// @param otherwise the answer if this is not a repeat of something sent before; null to look the permission up
    ///     again
    private void post(
            Session session,
            @Nullable String requestId,
            Command.Send send,
            long access,
            @Nullable Rejection otherwise) {
        Receipt receipt = (result, answers) -> settled(session, requestId, send, otherwise, result, answers);
        var draft = draft(session.user(), send, access);
        commit.post(new Posting(draft, weight(send), session.connection(), receipt));
    }

    /// On the committing thread.
    private void settled(
            Session session,
            @Nullable String requestId,
            Command.Send send,
            @Nullable Rejection otherwise,
            AppendResult result,
            Answers answers) {
        switch (result) {
            case Stored stored -> answers.answer(session.connection(), requestId, sent(send, counted(stored)));
            case AppendResult.Refused(Rejection rejection) ->
                answers.answer(session.connection(), requestId, new Reply.Failed(counted(rejection)));
            case AppendResult.Stale _ -> {
                session.forget(send.conversation());
                if (otherwise != null) {
                    answers.answer(session.connection(), requestId, new Reply.Failed(counted(otherwise)));
                } else if (!session.tasks().submit(() -> sendChecked(session, requestId, send))) {
                    answers.answer(session.connection(), requestId, new Reply.Failed(counted(tooFast(1000))));
                }
            }
        }
    }

    private void refuse(Session session, @Nullable String requestId, Rejection rejection) {
        var connection = session.connection();
        connection.lane().execute(() -> connection.reply(requestId, new Reply.Failed(counted(rejection))));
    }

    private Stored counted(Stored stored) {
        (stored.duplicate() ? stats.duplicates : stats.sent).increment();
        return stored;
    }

    private Rejection counted(Rejection rejection) {
        stats.rejected(rejection.code());
        return rejection;
    }

    private static Reply sent(Command.Send send, Stored stored) {
        return new Reply.Sent(send.conversation(), stored.seq(), stored.sentAt(), stored.duplicate());
    }

    private static Draft draft(long user, Command.Send send, long access) {
        var body = new Body.Message(send.content(), send.replyTo(), send.mentions());
        return new Draft(send.conversation(), user, send.clientId(), body, access);
    }

    private static Weight weight(Command.Send send) {
        return send.priority() == Command.Priority.HIGH ? Weight.DIRECT : Delivery.weight(send.conversation());
    }

    static Rejection tooFast(long waitMs) {
        return new Rejection(ErrorCode.RATE_LIMITED, "too many sends; wait " + waitMs + " ms", waitMs);
    }
}
