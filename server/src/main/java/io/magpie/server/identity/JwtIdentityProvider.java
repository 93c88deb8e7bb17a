package io.magpie.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.magpie.core.account.Identity;
import io.magpie.core.account.IdentityProvider;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies JWTs: HS256 by the shared secret, RS256 and ES256 by the published keys, nothing else and never the one
/// by the key of the other. Any thread; blocks while keys are fetched.
public final class JwtIdentityProvider implements IdentityProvider {
    private static final Logger LOG = System.getLogger(JwtIdentityProvider.class.getName());
    private static final Set<JWSAlgorithm> PUBLIC_KEYS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final long RETRY_MS = 5000;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /// @throws IllegalArgumentException if `jwks` begins like a URL and is none
    public JwtIdentityProvider(JwtSettings settings, InstantSource clock) {
        this(settings, clock, PublishedKeys.Times.USUAL);
    }

    JwtIdentityProvider(JwtSettings settings, InstantSource clock, PublishedKeys.Times times) {
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(keys(settings, times));
        processor.setJWTClaimsSetVerifier(new ClaimRules(settings, clock));
    }

    @Override
    public Outcome<Identity> verify(String jwt) {
        try {
            return identity(processor.process(jwt, null));
        } catch (RateLimitReachedException _) {
            // The fetch that filled the limit told the log why, or found an honest set without this key.
            return unavailable();
        } catch (KeySourceException e) {
            LOG.log(Level.WARNING, "auth.jwt.jwks: the keys cannot be had: {0}", PublishedKeys.reason(e));
            return unavailable();
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Outcome.rejected(ErrorCode.UNAUTHENTICATED, "token: refused JWT: " + reason(e));
        }
    }

    private static Outcome<Identity> unavailable() {
        return Outcome.rejected(
                new Rejection(ErrorCode.UNAVAILABLE, "the identity provider's keys cannot be had now", RETRY_MS));
    }

    private static Outcome<Identity> identity(JWTClaimsSet claims) throws ParseException {
        String subject = claims.getSubject();
        return subject == null || subject.isBlank()
                ? Outcome.rejected(ErrorCode.UNAUTHENTICATED, "token: refused JWT: no sub")
                : Outcome.done(new Identity(subject, text(claims, "name"), text(claims, "picture")));
    }

    private static @Nullable String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : null;
    }

    /// Nothing of the token may come back to whoever reads logs, so only our own words do.
    private static String reason(Exception e) {
        return switch (e) {
            case ClaimRules.Refused refused -> refused.reason();
            case ParseException _ -> "not a JWT";
            default -> "signature, algorithm or key not accepted";
        };
    }

    private static JWSKeySelector<SecurityContext> keys(JwtSettings settings, PublishedKeys.Times times) {
        var secret = settings.secret() == null ? null : secret(settings.secret());
        var published = settings.jwks() == null
                ? null
                : new JWSVerificationKeySelector<>(PUBLIC_KEYS, PublishedKeys.at(settings.jwks(), times));
        return (header, context) -> {
            var selector = JWSAlgorithm.HS256.equals(header.getAlgorithm()) ? secret : published;
            return selector == null ? List.of() : selector.selectJWSKeys(header, context);
        };
    }

    private static JWSVerificationKeySelector<SecurityContext> secret(String secret) {
        return new JWSVerificationKeySelector<>(
                JWSAlgorithm.HS256, new ImmutableSecret<>(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
