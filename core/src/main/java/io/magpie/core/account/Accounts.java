package io.magpie.core.account;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port: accounts. Reads see committed data only and may block; any thread but an event loop.
public interface Accounts {
    Optional<Account> find(long id);

    /// Those of the ids that exist, in no order.
    List<Account> findAll(Collection<Long> ids);

    /// Without regard to case.
    Optional<Account> byUsername(String username);

    Optional<Account> byExternal(String external);

    /// The stored hash of the user's password; empty if there is no such user or it has none.
    Optional<Credentials> credentials(String username);

    /// Accounts whose username or nickname begins with `query` (without regard to case), by ascending id. An index
    /// answers it.
    List<Account> search(String query, int limit);

    record Credentials(long user, String passwordHash) {}

    /// Writes, in a transaction.
    interface Edits extends Accounts {
        /// Empty if the username or the external id is taken.
        Optional<Account> insert(
                @Nullable String username,
                @Nullable String passwordHash,
                @Nullable String external,
                String nickname,
                String avatar,
                long now);

        /// An account of its own id, which nobody has, and without any way to log in. Ids assigned later are above
        /// it.
        Account insert(long id, String nickname, long now);

        /// Replaces nickname, avatar and bio.
        void update(Account account);

        void password(long user, String passwordHash);

        /// Moves `lastSeenAt` of many users forward; several nodes may know it of one.
        void lastSeen(Map<Long, Long> times);
    }
}
