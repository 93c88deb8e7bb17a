package io.magpie.core.contact;

import java.util.List;
import java.util.Optional;

/// Port: friends, friend requests, blocks. Reads see committed data only and may block; any thread but an event loop.
public interface Contacts {
    Relation relation(long user, long peer);

    Optional<Friend> friend(long user, long friend);

    List<Friend> friends(long user);

    Optional<FriendRequest> request(long id);

    /// The pending one from one user to another.
    Optional<FriendRequest> pending(long from, long to);

    /// Requests to or from the user, newest first.
    List<FriendRequest> requests(long user, int limit);

    /// Users blocked by `user`.
    List<Long> blocks(long user);

    /// Writes, in a transaction. Whatever changes a [Relation] also advances the direct conversation's `access`
    /// number (see [io.magpie.core.log.Draft]), even before anything was written there: then the conversation
    /// exists with an empty log and without members.
    interface Edits extends Contacts {
        FriendRequest request(long from, long to, String message, String remark, long now);

        void answer(long request, FriendRequest.State state, long now);

        /// Forgets requests answered before `time`, at most `limit`, and says how many. The newest request of all may
        /// be kept, so that no id ever names two requests.
        int deleteAnswered(long time, int limit);

        /// Sets the one direction; repeating it changes the remark.
        void befriend(long user, long friend, String remark, long now);

        /// Ends both directions. False if they were not friends.
        boolean unfriend(long user, long friend);

        void block(long user, long blocked, long now);

        /// False if it was not blocked.
        boolean unblock(long user, long blocked);
    }
}
