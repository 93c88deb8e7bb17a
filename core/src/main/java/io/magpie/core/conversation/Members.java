package io.magpie.core.conversation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port: who is, or was, in which conversation. Reads see committed data only and may block; any thread but an event
/// loop.
public interface Members {
    /// The user's place, whether current or past.
    Optional<Member> find(ConversationId conversation, long user);

    /// The places of these users, in no order; users without one are left out.
    List<Member> findAll(ConversationId conversation, Collection<Long> users);

    /// Current members by ascending user id, those after `afterUser`.
    List<Member> current(ConversationId conversation, long afterUser, int limit);

    int count(ConversationId conversation);

    /// Owner and admins, by ascending user id.
    List<Member> admins(ConversationId conversation);

    /// Every conversation the user is or was in, current or not, in a stable order, those after `after` (null
    /// starts).
    List<Member> ofUser(long user, @Nullable ConversationId after, int limit);

    /// The groups the user is a current member of, each with the first seq the user may see. Called at every login:
    /// one indexed read.
    Map<Long, Long> groupsOf(long user);

    /// Current members whose read cursor is at or beyond `seq`, by ascending user id.
    List<Member> readers(ConversationId conversation, long seq, int limit);

    /// Writes, in a transaction. Every change of who is in a conversation, with which role, or silenced, also
    /// advances the conversation's
    /// `access` number (see [io.magpie.core.log.Draft]), so that a send checked against the old state is checked
    /// again.
    interface Edits extends Members {
        /// Makes the users current members with role `MEMBER`, seeing from `visibleFrom` on. Somebody who had left
        /// gets the same row back: a new visible range, nothing unread, personal settings kept, and silenced as
        /// long as before. Who is a current member already is left as is.
        void join(ConversationId conversation, Collection<Long> users, long visibleFrom, long now);

        /// Ends the membership; the users see up to `visibleTo`, inclusive.
        void end(ConversationId conversation, Collection<Long> users, Member.State state, long visibleTo, long now);

        /// Ends it for everybody current, as [#end].
        void endAll(ConversationId conversation, Member.State state, long visibleTo, long now);

        void role(ConversationId conversation, long user, Role role, long now);

        void silence(ConversationId conversation, long user, long until, long now);

        void nickname(ConversationId conversation, long user, String nickname, long now);

        /// Personal settings; does not advance `access`.
        void preferences(
                ConversationId conversation, long user, boolean muted, boolean pinned, long hiddenSeq, long now);

        /// Lowers `visibleFrom` of all current members to 1: the group opened its history.
        void openHistory(ConversationId conversation, long now);

        /// Moves the cursors forward, never back. True if something moved. Does not advance `access`.
        boolean advance(ConversationId conversation, long user, long readSeq, long deliveredSeq, long now);
    }
}
