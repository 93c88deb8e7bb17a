package io.magpie.core.device;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port: devices logged in. Tokens are known by their SHA-256 only. Reads see committed data only and may
/// block; any thread but an event loop.
public interface Logins {
    /// The login a token belongs to, expired or not.
    Optional<Login> byToken(byte[] tokenHash);

    Optional<Login> find(long id);

    /// Those of these logins that are not closed, expired or not, as one read.
    List<Login> findAll(Collection<Long> ids);

    /// By descending `lastSeenAt`.
    List<Login> ofUser(long user);

    /// Writes, in a transaction.
    interface Edits extends Logins {
        /// A new login with a new id. One of the same user and device id is ended by it.
        ///
        /// @param tokenHash null for a login by the operator's identity provider, which has no token of ours
        Login open(long user, Device device, byte @Nullable [] tokenHash, long now, long expiresAt);

        void extend(long id, long lastSeenAt, long expiresAt);

        void close(long id);

        /// Ends those that expired before `time`, at most `limit`, the longest expired first; how many those
        /// were.
        int deleteExpired(long time, int limit);
    }
}
