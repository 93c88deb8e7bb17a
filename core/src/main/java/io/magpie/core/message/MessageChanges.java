package io.magpie.core.message;

import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.journal.GroupCommit;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.session.Permit;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;

/// What happens to a message after it was sent: recall, edit, reaction. Everything blocks until committed and
/// answers the seq of the new entry.
public final class MessageChanges {
    private final MessageRules rules;
    private final GroupCommit commit;
    private final LongUnaryOperator sendLimit;

    /// @param sendLimit as in [MessageService]
    public MessageChanges(MessageRules rules, GroupCommit commit, LongUnaryOperator sendLimit) {
        this.rules = rules;
        this.commit = commit;
        this.sendLimit = sendLimit;
    }

    /// Repeating it answers with the first one's seq.
    public Outcome<Long> recall(long user, Command.Recall recall) {
        return rules.visible(user, recall.conversation(), recall.seq())
                .then(target -> target.body() instanceof Body.Message message && message.recalled() > 0
                        ? Outcome.done(message.recalled())
                        : change(
                                user,
                                recall.conversation(),
                                recall.seq(),
                                new Body.Recall(recall.seq()),
                                message -> rules.mayRecall(user, message)));
    }

    public Outcome<Long> edit(long user, Command.Edit edit) {
        var objection = rules.objection(user, edit.content()).or(() -> rules.objectionToFiles(user, edit.content()));
        if (objection.isPresent()) {
            return Outcome.rejected(objection.get());
        }
        return change(
                user,
                edit.conversation(),
                edit.seq(),
                new Body.Edit(edit.seq(), edit.content()),
                message -> rules.mayEdit(user, message));
    }

    public Outcome<Long> react(long user, Command.React react) {
        return change(
                user,
                react.conversation(),
                react.seq(),
                new Body.Reaction(react.seq(), react.emoji(), react.active()),
                message -> rules.mayWrite(user, message.conversation()));
    }

    private Outcome<Long> change(
            long user, ConversationId conversation, long seq, Body body, Function<Entry, Outcome<Permit>> rule) {
        long waitMs = sendLimit.applyAsLong(user);
        if (waitMs > 0) {
            return Outcome.rejected(MessageService.tooFast(waitMs));
        }
        return rules.message(user, conversation, seq).then(rule).then(permit -> {
            var draft = new Draft(conversation, user, null, body, permit.access());
            return switch (commit.append(draft, Delivery.weight(conversation))) {
                case AppendResult.Stored stored -> Outcome.done(stored.seq());
                case AppendResult.Refused(Rejection rejection) -> Outcome.rejected(rejection);
                case AppendResult.Stale _ ->
                    Outcome.rejected(ErrorCode.CONFLICT, "conversation: permissions changed meanwhile; try again");
            };
        });
    }
}
