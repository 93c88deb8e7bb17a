package io.magpie.core.sync;

import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Members;
import io.magpie.core.journal.Journal;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Head;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one user decides about a conversation for himself, and who has read it. Blocks.
public final class ConversationService {
    private final HistoryService history;
    private final SyncService sync;
    private final Members members;
    private final EntryLog log;
    private final Journal journal;
    private final InstantSource clock;

    public ConversationService(
            HistoryService history,
            SyncService sync,
            Members members,
            EntryLog log,
            Journal journal,
            InstantSource clock) {
        this.history = history;
        this.sync = sync;
        this.members = members;
        this.log = log;
        this.journal = journal;
        this.clock = clock;
    }

    /// The conversation as the user sees it.
    public Outcome<ConversationItem> item(long user, ConversationId conversation) {
        return sync.item(user, conversation)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.rejected(
                        ErrorCode.NOT_MEMBER, "conversation: user " + user + " is not in " + conversation));
    }

    /// Changes what is not null. Hidden lasts until something happens there.
    public Outcome<ConversationItem> prefer(
            long user,
            ConversationId conversation,
            @Nullable Boolean muted,
            @Nullable Boolean pinned,
            @Nullable Boolean hidden) {
        return history.place(user, conversation)
                .then(_ -> journal.transact(tx -> {
                    var edits = tx.on(Members.Edits.class);
                    var member = edits.find(conversation, user).orElseThrow();
                    edits.preferences(
                            conversation,
                            user,
                            muted == null ? member.muted() : muted,
                            pinned == null ? member.pinned() : pinned,
                            hidden == null ? member.hiddenSeq() : hidden ? lastSeq(conversation) : 0,
                            clock.millis());
                    return Outcome.done(conversation);
                }))
                .then(_ -> item(user, conversation));
    }

    /// Current members who have read up to `seq`, by ascending id, at most `limit`.
    public Outcome<List<Long>> readers(long user, ConversationId conversation, long seq, int limit) {
        return history.place(user, conversation, seq)
                .map(_ -> members.readers(conversation, seq, limit).stream()
                        .map(reader -> reader.user())
                        .toList());
    }

    private long lastSeq(ConversationId conversation) {
        return log.heads(List.of(conversation))
                .getOrDefault(conversation, new Head(conversation, 0, 0, 0))
                .lastSeq();
    }
}
