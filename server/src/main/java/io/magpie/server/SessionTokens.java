package io.magpie.server;

import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Logins;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.session.Authenticator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;

final class SessionTokens implements Authenticator {
    private final Logins logins;
    private final InstantSource clock;

    SessionTokens(Logins logins, InstantSource clock) {
        this.logins = logins;
        this.clock = clock;
    }

    @Override
    public Outcome<Login> authenticate(String token, Device device) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return logins.byToken(hash)
                    .filter(login -> login.expiresAt() > clock.millis())
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.rejected(ErrorCode.UNAUTHENTICATED, "token: unknown or ended"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
