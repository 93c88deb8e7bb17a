package io.magpie.core.group;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Port: groups. Reads see committed data only and may block; any thread but an event loop.
public interface Groups {
    Optional<Group> find(long id);

    List<Group> findAll(Collection<Long> ids);

    /// Empty if there is no such group.
    Optional<Standing> standing(long group, long user);

    /// By ascending time.
    List<JoinRequest> joinRequests(long group);

    /// Writes, in a transaction. [#update] also advances the conversation's `access` number, see
    /// [io.magpie.core.log.Draft].
    interface Edits extends Groups {
        /// Stores the group under a new id and creates its conversation, without members.
        Group insert(Group group);

        void update(Group group);

        /// Repeating it changes the message.
        void askToJoin(JoinRequest request);

        /// False if there was none.
        boolean endJoinRequest(long group, long user);
    }
}
