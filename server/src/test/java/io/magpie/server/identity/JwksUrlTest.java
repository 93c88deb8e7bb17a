package io.magpie.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.magpie.core.account.Identity;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys behind a URL, of an identity provider that rotates them, goes away and talks nonsense.
class JwksUrlTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Everything is over at once, but an outage lasts as long as the test.
    private static final PublishedKeys.Times SHORT =
            new PublishedKeys.Times(Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofHours(1));

    private static RSAKey rsa;
    private static RSAKey nextRsa;
    private static ECKey ec;

    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String content = "";

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        nextRsa = new RSAKeyGenerator(2048).keyID("next").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    }

    @BeforeEach
    void startServer() throws IOException {
        server = serve(0);
        publish(rsa, ec);
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void oneFetchServesManyTokens() throws JOSEException {
        var provider = provider(PublishedKeys.Times.USUAL);
        for (int i = 0; i < 10; i++) {
            assertThat(accepts(provider, byRsa(rsa))).isTrue();
            assertThat(accepts(provider, byEc())).isTrue();
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void rotatedKeysAreSeenWithTheirFirstToken() throws JOSEException {
        var provider = provider(PublishedKeys.Times.USUAL);
        assertThat(accepts(provider, byRsa(rsa))).isTrue();
        publish(nextRsa, ec);
        assertThat(accepts(provider, byRsa(nextRsa))).isTrue();
        assertThat(accepts(provider, byEc())).isTrue();
        assertThat(accepts(provider, byRsa(rsa))).as("a key that was withdrawn").isFalse();
    }

    @Test
    void aWithdrawnKeyIsForgottenWithTheCache() throws JOSEException {
        var provider = provider(SHORT);
        assertThat(accepts(provider, byRsa(rsa))).isTrue();
        publish(ec);
        String jwt = byRsa(rsa);
        await(() -> rejection(provider, jwt).code() == ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void unknownKeyIdsDoNotBecomeAFloodOfFetches() throws JOSEException {
        var provider = provider(PublishedKeys.Times.USUAL);
        for (int i = 0; i < 50; i++) {
            assertThat(accepts(provider, byRsa(nextRsa))).isFalse();
        }
        assertThat(fetches.get()).isBetween(1, 2);
        assertThat(accepts(provider, byRsa(rsa))).isTrue();
    }

    @Test
    void aProviderThatIsDownAtTheStartIsAskedAgain() throws JOSEException, IOException {
        int port = server.getAddress().getPort();
        server.stop(0);
        var provider = provider(SHORT);
        String jwt = byRsa(rsa);
        var down = rejection(provider, jwt);
        assertThat(down.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(down.retryAfterMs()).isPositive();
        server = serve(port);
        await(() -> accepts(provider, jwt));
    }

    @Test
    void knownKeysOutliveAnOutage() throws JOSEException {
        var provider = provider(SHORT);
        String jwt = byRsa(rsa);
        assertThat(accepts(provider, jwt)).isTrue();
        status = 503;
        int before = fetches.get();
        await(() -> {
            assertThat(accepts(provider, jwt)).isTrue();
            return fetches.get() >= before + 4;
        });
    }

    @Test
    void anOutageThatLastsEndsTheUseOfKnownKeys() throws JOSEException {
        var provider =
                provider(new PublishedKeys.Times(Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofMillis(50)));
        String jwt = byRsa(rsa);
        assertThat(accepts(provider, jwt)).isTrue();
        status = 503;
        await(() -> !accepts(provider, jwt));
        assertThat(rejection(provider, jwt).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void nonsenseIsUnavailableUntilItIsMended() throws JOSEException {
        String right = content;
        String jwt = byRsa(rsa);
        for (String nonsense :
                List.of("", "<html>maintenance</html>", "[]", "{}", "{\"keys\":5}", "x".repeat(300_000))) {
            content = nonsense;
            var provider = provider(SHORT);
            assertThat(rejection(provider, jwt).code()).as("%.20s", nonsense).isEqualTo(ErrorCode.UNAVAILABLE);
            content = right;
            await(() -> accepts(provider, jwt));
        }
        for (int code : List.of(204, 404, 500)) {
            status = code;
            var provider = provider(SHORT);
            assertThat(rejection(provider, jwt).code()).as("%d", code).isEqualTo(ErrorCode.UNAVAILABLE);
            status = 200;
            await(() -> accepts(provider, jwt));
        }
        content = "{\"keys\":[]}";
        assertThat(rejection(provider(SHORT), jwt).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void theReasonForTheLogNamesTheCause() {
        assertThat(PublishedKeys.reason(new IOException("no keys", new IOException("refused"))))
                .isEqualTo("no keys: refused");
        assertThat(PublishedKeys.reason(new IOException("no keys: refused", new IOException("refused"))))
                .isEqualTo("no keys: refused");
        assertThat(PublishedKeys.reason(new IOException("no keys"))).isEqualTo("no keys");
    }

    @Test
    void whatBeginsLikeAUrlMustBeOne() {
        assertThatThrownBy(() -> PublishedKeys.at("http://a host/keys", PublishedKeys.Times.USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("auth.jwt.jwks: http://a host/keys (expected: a URL or a file)");
    }

    private HttpServer serve(int port) throws IOException {
        var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        started.createContext("/keys", this::answer);
        started.start();
        return started;
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, status == 204 || body.length == 0 ? -1 : body.length);
            if (status != 204) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private void publish(JWK... keys) {
        content = new JWKSet(List.of(keys)).toPublicJWKSet().toString();
    }

    private JwtIdentityProvider provider(PublishedKeys.Times times) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
        return new JwtIdentityProvider(
                new JwtSettings(null, url, null, null, 0), () -> Instant.ofEpochSecond(1_700_000_000), times);
    }

    private static String byRsa(RSAKey key) throws JOSEException {
        return signed(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key));
    }

    private static String byEc() throws JOSEException {
        return signed(JWSAlgorithm.ES256, ec.getKeyID(), new ECDSASigner(ec));
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(keyId).build(),
                new JWTClaimsSet.Builder().subject("sub-1").build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static boolean accepts(JwtIdentityProvider provider, String jwt) {
        return provider.verify(jwt) instanceof Outcome.Done<Identity>;
    }

    private static Rejection rejection(JwtIdentityProvider provider, String jwt) {
        return switch (provider.verify(jwt)) {
            case Outcome.Done<Identity> _ -> new Rejection(ErrorCode.CONFLICT, "accepted (expected: refused)");
            case Outcome.Rejected<Identity>(var rejection) -> rejection;
        };
    }

    private static void await(BooleanSupplier condition) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
