package io.magpie.core.log;

import io.magpie.core.conversation.ConversationId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port: the log of every conversation, and the only thing that ever assigns a seq.
///
/// **Order.** Within a conversation seqs are 1, 2, 3, … in commit order, and a reader never sees n before n−1.
/// **Atomicity.** A batch is one transaction:
/// all of its stored drafts are durable when `append` returns, and none is visible before. If it throws, none
/// of the batch was acknowledged; it may or may not be
/// stored, and the clientId tells on the next try. **Exactly once.** (conversation, sender, clientId) is
/// unique as long as the entry is kept; a repeat, within the batch or years later, answers with the first
/// one's seq. **Thread.** Blocks; never called on an event loop. `append` may be called
/// from several threads.
public interface EntryLog {
    /// Stores the drafts in the order given, one transaction, and answers each in that order.
    ///
    /// - The first entry of a direct conversation or notice feed also creates the conversation and the member
    ///   rows of its users (visible from 1). A group conversation exists since the group was created; a draft
    ///   for one that does not exist is refused `not-found`.
    /// - A repeat is recognised before `access` is looked at, so a resend is answered even by somebody who has
    ///   left since.
    /// - A [Body.Recall] takes the content from its target and from all edits of it; a [Body.Edit] replaces the
    ///   target's content and empties the edit it supersedes. The target must be a message that is not recalled,
    ///   else the draft is refused `conflict` (`not-found` if there is no such message). Recalling what is
    ///   already recalled answers as a duplicate of that recall.
    /// - `sentAt` is `now`, or the time of the conversation's newest entry if that is later.
    ///
    /// @param now milliseconds since the epoch
    /// @throws io.magpie.core.store.StoreUnavailableException if the transaction could not be committed
    List<AppendResult> append(List<Draft> batch, long now);

    /// Entries with `from <= seq <= to`, ascending, the first `limit` of them.
    List<Entry> ascending(ConversationId conversation, long from, long to, int limit);

    /// Entries with `from <= seq <= to`, the last `limit` of them, in ascending order.
    List<Entry> latest(ConversationId conversation, long from, long to, int limit);

    Optional<Entry> entry(ConversationId conversation, long seq);

    /// The entries at these places, as one read; those that do not exist are left out.
    Map<ConversationId, Entry> entries(Map<ConversationId, Long> places);

    /// The heads of these conversations, as one read; those that do not exist are left out.
    Map<ConversationId, Head> heads(Collection<ConversationId> conversations);

    /// The conversations the user is or was in where something happened after `since` (milliseconds since the epoch),
    /// to
    /// the log or to the user's place, in a stable order, those after `after` (null starts). As one read.
    List<Listed> changed(long user, long since, @Nullable ConversationId after, int limit);

    /// The number of live messages and notices by others in each range, by definition and never from a
    /// counter. An index answers it, however long the log.
    Map<ConversationId, Unread> unread(Collection<UnreadQuery> queries);

    /// The mark of the newest committed entry.
    long mark();

    /// Entries of any conversation committed after `mark`, by whatever node. For the reconciler: one bounded
    /// read. Where several nodes write, what was on its way when the mark was taken may be missing; it is
    /// found from any mark that is 10 s older.
    Changes changes(long mark, int limit);

    /// As [#changes], of conversations whose newest entry was committed by this incarnation of a node: what is
    /// worth a look when there are too many changes and one node died. May hold those of others as well; a store
    /// that only one node opens need not know who wrote.
    ///
    /// @param writer see [io.magpie.core.cluster.Incarnation#number]
    Changes changedBy(long writer, long mark, int limit);
}
