package io.magpie.core.device;

import java.time.Duration;

/// A device logged in to an account: what the protocol calls a session. There is at most one for a (user, device id).
///
/// @param expiresAt the token is refused from then on; slides forward with use
public record Login(long id, long user, Device device, long createdAt, long lastSeenAt, long expiresAt) {
    /// From the last use to the end.
    public static final long LIFE_MS = Duration.ofDays(7).toMillis();
}
