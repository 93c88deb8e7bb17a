package io.magpie.server.identity;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Times, issuer and audience of a JWT. `exp` and `nbf` are checked where they are there: whether tokens end is the
/// operator's decision.
record ClaimRules(JwtSettings settings, InstantSource clock) implements JWTClaimsSetVerifier<SecurityContext> {
    /// Says why in words that hold nothing of the token.
    static final class Refused extends BadJWTException {
        private static final long serialVersionUID = 1;
        private final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
        var now = clock.instant();
        var ends = claims.getExpirationTime();
        var begins = claims.getNotBeforeTime();
        if (ends != null && !now.minusMillis(settings.clockSkewMs()).isBefore(ends.toInstant())) {
            throw new Refused("expired");
        }
        if (begins != null && now.plusMillis(settings.clockSkewMs()).isBefore(begins.toInstant())) {
            throw new Refused("not valid yet");
        }
        if (settings.issuer() != null && !settings.issuer().equals(claims.getIssuer())) {
            throw new Refused("iss is not the expected issuer");
        }
        if (settings.audience() != null && !claims.getAudience().contains(settings.audience())) {
            throw new Refused("aud does not hold the expected audience");
        }
    }
}
