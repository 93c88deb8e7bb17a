package io.magpie.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class JwtTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void saysWhoAndUntilWhen() {
        String token =
                new Jwt(SECRET).token("irc-5b", "[\"Zoë\"]", Instant.ofEpochSecond(1000), Instant.ofEpochSecond(2000));
        List<String> parts = List.of(token.split("\\.", -1));
        assertThat(parts).hasSize(3);
        assertThat(decoded(parts.get(0))).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        assertThat(decoded(parts.get(1)))
                .isEqualTo("{\"sub\":\"irc-5b\",\"name\":\"[\\\"Zoë\\\"]\",\"iat\":1000,\"exp\":2000}");
    }

    @Test
    void isSignedWithTheSecret() throws Exception {
        String token = new Jwt(SECRET).token("a", "A", Instant.EPOCH, Instant.ofEpochSecond(1));
        int dot = token.lastIndexOf('.');
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getUrlDecoder().decode(token.substring(dot + 1))).isEqualTo(expected);
    }

    @Test
    void refusesShortSecrets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Jwt("short"))
                .withMessage("secret: 5 bytes (expected: at least 32)");
    }
}
