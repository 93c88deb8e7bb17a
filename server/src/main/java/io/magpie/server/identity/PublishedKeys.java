package io.magpie.server.identity;

import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.events.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// The keys an identity provider publishes, at a URL or in a file. They are kept for a while, asked for again when an
/// unknown key id turns up, and used on when the provider cannot be reached.
final class PublishedKeys {
    private static final Logger LOG = System.getLogger(PublishedKeys.class.getName());

    /// A device has ten seconds for its `hello`; a fetch is tried twice.
    private static final int CONNECT_MS = 1500;

    private static final int READ_MS = 2000;
    private static final int MAX_BYTES = 256 << 10;
    private static final long WAIT_FOR_ANOTHER_MS = 8000;

    /// @param cache how long keys are used before they are asked for again
    /// @param pause at most two fetches in so long a time, whatever key ids turn up
    /// @param outage how long keys are used on when they cannot be asked for again
    record Times(Duration cache, Duration pause, Duration outage) {
        static final Times USUAL = new Times(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofHours(4));
    }

    private PublishedKeys() {}

    /// @throws IllegalArgumentException if `jwks` begins like a URL and is none
    static JWKSource<SecurityContext> at(String jwks, Times times) {
        return JWKSourceBuilder.create(set(jwks))
                .retrying(true)
                .outageTolerant(times.outage().toMillis() + times.cache().toMillis(), outage -> usedOn(jwks, outage))
                .rateLimited(times.pause().toMillis())
                .refreshAheadCache(false)
                .cache(times.cache().toMillis(), WAIT_FOR_ANOTHER_MS)
                .build();
    }

    /// What went wrong, in one line: the library's words and those of its cause.
    static String reason(Throwable fault) {
        var cause = fault.getCause();
        return cause == null || String.valueOf(fault.getMessage()).contains(String.valueOf(cause.getMessage()))
                ? String.valueOf(fault.getMessage())
                : fault.getMessage() + ": " + cause.getMessage();
    }

    private static JWKSetSource<SecurityContext> set(String jwks) {
        if (!jwks.startsWith("http://") && !jwks.startsWith("https://")) {
            return new FileKeys(Path.of(jwks));
        }
        try {
            return new URLBasedJWKSetSource<>(
                    URI.create(jwks).toURL(), new DefaultResourceRetriever(CONNECT_MS, READ_MS, MAX_BYTES));
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("auth.jwt.jwks: " + jwks + " (expected: a URL or a file)", e);
        }
    }

    private static void usedOn(String jwks, Event<OutageTolerantJWKSetSource<SecurityContext>, SecurityContext> event) {
        if (event instanceof OutageTolerantJWKSetSource.OutageEvent<SecurityContext> outage) {
            LOG.log(
                    Level.WARNING,
                    "auth.jwt.jwks: {0} gives no keys, the known ones are used for another {1} s: {2}",
                    jwks,
                    outage.getRemainingTime() / 1000,
                    reason(outage.getException()));
        }
    }
}
