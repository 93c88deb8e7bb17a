package io.magpie.core.log;

import io.magpie.core.conversation.ConversationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port: what of the log is older than the operator keeps. Entries of a conversation are in the order of their time,
/// so what is old is always its beginning, and what is kept is [Head#firstSeq] to [Head#lastSeq].
///
/// A deleted entry is gone from every read of [EntryLog]: it is not found, no longer counts as unread, and the
/// clientId it was sent with is forgotten, so a repeat of that send is stored again. Seqs are not assigned twice,
/// and [EntryLog#mark] never moves back. Reads see committed data only and may block; any thread but an event loop.
public interface OldEntries {
    /// Looks at the next `scan` conversations after `after` (null starts) in a stable order. Costs one look-up for
    /// each, however long their logs are.
    Page before(long time, @Nullable ConversationId after, int scan);

    /// @param conversations those whose oldest entry was sent before the time asked for, in that order
    /// @param last the last one looked at; null if there are no more after it
    record Page(
            List<ConversationId> conversations, @Nullable ConversationId last) {}

    /// Writes, in a transaction. Several nodes may do it at the same time.
    interface Edits extends OldEntries {
        /// Deletes the oldest entries of the conversation that were sent before `time`, at most `limit`, with all
        /// that belongs to them, and answers how many those were. The newest entry of the whole log may be kept
        /// until another one comes.
        int delete(ConversationId conversation, long time, int limit, long now);
    }
}
