package io.magpie.core.search;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.util.List;

/// Port: finds messages by what they say now.
///
/// **Exact.** Whatever index a store keeps only tells where to look: a message is found if its entry, as the log
/// serves it at that moment, is a message not recalled whose [SearchText] the [Phrase] is found in. So what was
/// recalled, edited away or deleted is never found, and what was committed before the call is, indexed or not, unless
/// the answer says that it is not complete. **Order.** Newest first, by commit. **Thread.** Everything blocks; any
/// thread but an event loop.
public interface Search {
    /// The newest `limit` messages before `before`.
    Found find(Query query);

    /// Brings the index on by the next `limit` entries of the log at most. Not part of any other transaction, and
    /// nothing waits for it. A store whose engine indexes by itself has nothing to do. One caller at a time.
    Progress follow(int limit);

    /// Forgets of the index what is no longer in the log, looking at `limit` messages at most.
    ///
    /// @return how many were forgotten; 0 if that was all for now
    int trim(int limit);

    /// @param in where to look, each conversation once
    /// @param sender whose messages; 0 for everybody's
    /// @param before [Found#next] of the page before; 0 starts with the newest
    /// @param limit at least 1
    record Query(List<Range> in, Phrase phrase, long sender, long before, int limit) {}

    /// Seqs of a conversation, both inclusive.
    record Range(ConversationId conversation, long from, long to) {
        public boolean holds(long seq) {
            return from <= seq && seq <= to;
        }
    }

    /// @param entries as the log serves them; there may be fewer than asked for although there are more
    /// @param next where the next page begins; 0 if there is nothing more
    /// @param complete false while the index is so far behind that something was not looked at
    record Found(List<Entry> entries, long next, boolean complete) {}

    /// @param done entries of the log dealt with by this call
    /// @param behind how many are left
    record Progress(int done, long behind) {}
}
