package io.magpie.server.identity;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The operator's identity provider, `auth.jwt` of the configuration. One of `secret` and `jwks` is there.
///
/// @param secret of HS256, at least 32 bytes of UTF-8
/// @param jwks where the keys of RS256 and ES256 are: a URL or a file
/// @param issuer what `iss` must be; null takes any
/// @param audience what `aud` must hold; null takes any
/// @param clockSkewMs how far the provider's clock may be off
public record JwtSettings(
        @Nullable String secret,
        @Nullable String jwks,
        @Nullable String issuer,
        @Nullable String audience,
        long clockSkewMs) {
    private static final int MIN_SECRET_BYTES = 32;

    public JwtSettings {
        if (secret == null && jwks == null) {
            throw new IllegalArgumentException("auth.jwt: neither secret nor jwks (expected: at least one)");
        }
        if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "auth.jwt.secret: too short (expected: at least " + MIN_SECRET_BYTES + " bytes)");
        }
    }

    @Override
    public String toString() {
        return "JwtSettings[jwks=" + jwks + ", issuer=" + issuer + ", audience=" + audience + "]";
    }
}
