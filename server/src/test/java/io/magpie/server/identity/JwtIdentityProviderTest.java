package io.magpie.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.magpie.core.account.Identity;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("JavaUtilDate") // the library's claims take nothing else
class JwtIdentityProviderTest {
    private static final String SECRET = "a shared secret of at least 32 bytes";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private Path jwks;
    private RSAKey rsa;
    private ECKey ec;

    @BeforeEach
    void publishKeys(@TempDir Path folder) throws JOSEException, IOException {
        rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        jwks = folder.resolve("jwks.json");
        Files.writeString(jwks, new JWKSet(List.of(rsa, ec)).toPublicJWKSet().toString());
    }

    @Test
    void takesWhatTheProviderSays() throws JOSEException {
        var claims = claims().claim("name", "Ada")
                .claim("picture", "https://example.org/a.png")
                .build();
        assertThat(bySecret().verify(hs256(claims, SECRET)))
                .isEqualTo(Outcome.done(new Identity("sub-1", "Ada", "https://example.org/a.png")));
        assertThat(bySecret().verify(hs256(claims().claim("name", 5).build(), SECRET)))
                .isEqualTo(Outcome.done(new Identity("sub-1", null, null)));
    }

    @Test
    void verifiesByPublishedKeys() throws JOSEException {
        assertAccepted(byKeys(), signed(JWSAlgorithm.RS256, "r", new RSASSASigner(rsa)));
        assertAccepted(byKeys(), signed(JWSAlgorithm.ES256, "e", new ECDSASigner(ec)));
        var another = new RSAKeyGenerator(2048).keyID("r").generate();
        assertRefused(byKeys(), signed(JWSAlgorithm.RS256, "r", new RSASSASigner(another)));
        assertRefused(byKeys(), signed(JWSAlgorithm.RS256, "unknown", new RSASSASigner(rsa)));
        assertRefused(byKeys(), signed(JWSAlgorithm.RS512, "r", new RSASSASigner(rsa)));
    }

    @Test
    void seesReplacedKeys() throws JOSEException, IOException {
        var provider = byKeys();
        assertAccepted(provider, signed(JWSAlgorithm.RS256, "r", new RSASSASigner(rsa)));
        var next = new RSAKeyGenerator(2048).keyID("next").generate();
        Files.writeString(jwks, new JWKSet(next).toPublicJWKSet().toString());
        assertAccepted(provider, signed(JWSAlgorithm.RS256, "next", new RSASSASigner(next)));
    }

    @Test
    void neverTakesOneAlgorithmsKeyForAnother() throws JOSEException {
        assertRefused(byKeys(), hs256(claims().build(), rsa.toPublicJWK().toString()));
        assertRefused(byKeys(), hs256(claims().build(), SECRET));
        assertRefused(bySecret(), signed(JWSAlgorithm.RS256, "r", new RSASSASigner(rsa)));
        assertRefused(bySecret(), new PlainJWT(claims().build()).serialize());
        assertRefused(bySecret(), hs256(claims().build(), "another secret of at least 32 bytes!"));
        for (String text : List.of("", ".", "..", "a.b.c", "eyJhbGciOiJIUzI1NiJ9..", "x".repeat(5000))) {
            assertRefused(bySecret(), text);
        }
    }

    @Test
    void checksTimesWithinTheSkew() throws JOSEException {
        assertAccepted(bySecret(), hs256(claims().expirationTime(at(-59)).build(), SECRET));
        assertRefused(bySecret(), hs256(claims().expirationTime(at(-60)).build(), SECRET));
        assertAccepted(bySecret(), hs256(claims().notBeforeTime(at(60)).build(), SECRET));
        assertRefused(bySecret(), hs256(claims().notBeforeTime(at(61)).build(), SECRET));
    }

    @Test
    void checksIssuerAudienceAndSubject() throws JOSEException {
        var strict = provider(SECRET, null, "https://id.example.org", "chat");
        var right = claims().issuer("https://id.example.org").audience(List.of("shop", "chat"));
        assertAccepted(strict, hs256(right.build(), SECRET));
        assertRefused(strict, hs256(right.issuer("https://evil.example.org").build(), SECRET));
        assertRefused(
                strict,
                hs256(claims().issuer("https://id.example.org").audience("shop").build(), SECRET));
        assertRefused(strict, hs256(claims().build(), SECRET));
        assertRefused(
                bySecret(),
                hs256(new JWTClaimsSet.Builder().claim("name", "Ada").build(), SECRET));
        assertRefused(bySecret(), hs256(claims().subject(" ").build(), SECRET));
    }

    @Test
    void missingKeysAreUnavailable() throws JOSEException {
        var provider = provider(null, jwks.resolveSibling("missing.json").toString(), null, null);
        assertThat(code(provider.verify(signed(JWSAlgorithm.RS256, "r", new RSASSASigner(rsa)))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aShortSecretStopsTheStart() {
        assertThatThrownBy(() -> new JwtSettings("tiny", null, null, null, 0))
                .hasMessageContaining("auth.jwt.secret")
                .hasMessageNotContaining("tiny");
        assertThatThrownBy(() -> new JwtSettings(null, null, null, null, 0)).hasMessageContaining("auth.jwt");
    }

    private JwtIdentityProvider bySecret() {
        return provider(SECRET, null, null, null);
    }

    private JwtIdentityProvider byKeys() {
        return provider(null, jwks.toString(), null, null);
    }

    private static JwtIdentityProvider provider(
            @Nullable String secret, @Nullable String jwks, @Nullable String issuer, @Nullable String audience) {
        return new JwtIdentityProvider(new JwtSettings(secret, jwks, issuer, audience, 60_000), () -> NOW);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().subject("sub-1");
    }

    private static Date at(long secondsFromNow) {
        return Date.from(NOW.plusSeconds(secondsFromNow));
    }

    private static String hs256(JWTClaimsSet claims, String secret) throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        jwt.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims().build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static void assertAccepted(JwtIdentityProvider provider, String jwt) {
        assertThat(provider.verify(jwt)).isInstanceOf(Outcome.Done.class);
    }

    private static void assertRefused(JwtIdentityProvider provider, String jwt) {
        assertThat(code(provider.verify(jwt))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    private static @Nullable ErrorCode code(Outcome<Identity> outcome) {
        return switch (outcome) {
            case Outcome.Done<Identity> _ -> null;
            case Outcome.Rejected<Identity>(var rejection) -> rejection.code();
        };
    }
}
