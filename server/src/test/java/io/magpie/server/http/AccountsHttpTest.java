package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccountsHttpTest extends HttpTest {
    @Override
    Stream<String> settings() {
        return Stream.of("--set", "http.trustedProxies=loopback", "--set", "limits.loginsPerMinute=5");
    }

    @Test
    void registersAndLogsIn() {
        var registered = call("POST", "/accounts", null, "{\"username\":\"ada\",\"password\":\"correct horse\"}");
        assertThat(registered.status()).isEqualTo(201);
        long user = registered.number("userId");
        assertThat(registered.response().headers().firstValue("Location")).contains("/api/v1/users/" + user);
        var login = logIn("ada", "correct horse", DEVICE);
        assertThat(login.status()).isEqualTo(201);
        assertThat(login.number("userId")).isEqualTo(user);
        assertThat(login.number("expiresAt")).isGreaterThan(System.currentTimeMillis());
        String token = login.text("token");
        var me = call("GET", "/me", token, null);
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.body().toString())
                .contains("\"userId\":" + user)
                .contains("\"username\":\"ada\"")
                .contains("\"nickname\":\"ada\"");
        var again = call("POST", "/accounts", null, "{\"username\":\"ADA\",\"password\":\"correct horse\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("code")).isEqualTo("conflict");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserLookAlike() {
        loggedIn("carol");
        var wrong = logIn("carol", "wrong password", DEVICE);
        var unknown = logIn("nobody", "wrong password", DEVICE);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.response().headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(unknown.response().body()).isEqualTo(wrong.response().body());
    }

    @Test
    void listsAndEndsSessions() {
        String phone = loggedIn("dave");
        var laptop = logIn("dave", "correct horse", "{\"id\":\"laptop\",\"platform\":\"linux\",\"name\":\"Desk\"}");
        var list = call("GET", "/sessions", phone, null).body().get("items");
        assertThat(list.size()).isEqualTo(2);
        assertThat(call("GET", "/sessions/current", phone, null).body().toString())
                .contains("\"current\":true")
                .contains("\"platform\":\"ios\"");
        String path = "/sessions/" + laptop.number("sessionId");
        assertThat(call("GET", path, phone, null).body().toString()).contains("\"name\":\"Desk\"");
        assertThat(call("DELETE", path, phone, null).status()).isEqualTo(204);
        assertThat(call("GET", "/me", laptop.text("token"), null).status()).isEqualTo(401);
        assertThat(call("DELETE", path, phone, null).status()).isEqualTo(404);
        assertThat(call("DELETE", "/sessions/everything", phone, null).status()).isEqualTo(400);
        assertThat(call("DELETE", "/sessions/current", phone, null).status()).isEqualTo(204);
        assertThat(call("GET", "/me", phone, null).text("code")).isEqualTo("unauthenticated");
    }

    @Test
    void changesProfileAndPassword() {
        String token = loggedIn("erin");
        String other = logIn("erin", "correct horse", "{\"id\":\"web\",\"platform\":\"web\"}")
                .text("token");
        var changed = call("PATCH", "/me", token, "{\"nickname\":\"Erin 喜\",\"bio\":\"a\\nb\",\"unknown\":[1]}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("nickname")).isEqualTo("Erin 喜");
        assertThat(call("PUT", "/me/avatar", token, "{\"avatar\":\"https://example.org/e.png\"}")
                        .text("avatar"))
                .isEqualTo("https://example.org/e.png");
        String passwords = "{\"oldPassword\":\"correct horse\",\"newPassword\":\"battery staple\"}";
        assertThat(call("PUT", "/me/password", token, passwords.replace("correct", "wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(call("PUT", "/me/password", token, passwords).status()).isEqualTo(204);
        assertThat(call("GET", "/me", other, null).status()).isEqualTo(401);
        assertThat(call("GET", "/me", token, null).status()).isEqualTo(200);
        assertThat(call("PUT", "/me/password", token, "{\"newPassword\":\"battery staple\"}")
                        .text("detail"))
                .isEqualTo("oldPassword: missing");
    }

    @Test
    void findsUsers() {
        long frank = person("frank");
        String token = loggedIn("frances");
        assertThat(call("GET", "/users?query=FRAN", token, null)
                        .body()
                        .get("items")
                        .size())
                .isEqualTo(2);
        assertThat(call("GET", "/users/" + frank, token, null).text("username")).isEqualTo("frank");
        assertThat(call("GET", "/users/999999", token, null).status()).isEqualTo(404);
        assertThat(call("GET", "/users/x", token, null).text("detail")).startsWith("id: ");
        assertThat(call("GET", "/users", token, null).text("detail")).startsWith("query: missing");
        assertThat(call("GET", "/users?query=f&limit=101", token, null).text("detail"))
                .isEqualTo("limit: 101 (expected: 1..100)");
        assertThat(call("GET", "/users?query=f", null, null).status()).isEqualTo(401);
        assertThat(call("GET", "/users?query=frank", API_KEY, null).status()).isEqualTo(200);
    }

    @Test
    void theOperatorsOwnUsersComeWithTheirJwts() throws JOSEException {
        String jwt = jwt("sub-grace", "Grace");
        var me = call("GET", "/me", jwt, null);
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.text("external")).isEqualTo("sub-grace");
        assertThat(me.text("nickname")).isEqualTo("Grace");
        var found =
                call("GET", "/users?external=sub-grace", API_KEY, null).body().get("items");
        assertThat(found.get(0).get("userId").longValue()).isEqualTo(me.number("userId"));
        assertThat(call("GET", "/users?external=sub-unknown", API_KEY, null)
                        .body()
                        .get("items")
                        .size())
                .isZero();
        assertThat(call("DELETE", "/sessions/current", jwt, null).status()).isEqualTo(404);
        assertThat(call("GET", "/me", jwt.substring(0, jwt.length() - 4) + "AAAA", null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void backEndsActAsUsers() {
        long heidi = person("heidi");
        assertThat(call("POST", "/accounts", API_KEY, "{\"external\":\"sub-ivan\",\"nickname\":\"Ivan\"}")
                        .status())
                .isEqualTo(201);
        assertThat(as(heidi, "GET", "/me", null).number("userId")).isEqualTo(heidi);
        assertThat(as(heidi, "PUT", "/me/password", "{\"newPassword\":\"battery staple\"}")
                        .status())
                .isEqualTo(204);
        assertThat(logIn("heidi", "battery staple", DEVICE).status()).isEqualTo(201);
        assertThat(as(999_999, "GET", "/me", null).status()).isEqualTo(404);
        assertThat(call("GET", "/me", API_KEY, null).text("detail")).startsWith("X-Magpie-User: missing");
        assertThat(call("GET", "/me", API_KEY + "x", null).status()).isEqualTo(401);
        String token = loggedIn("judy");
        var asAnother = request("/api/v1/me")
                .header("Authorization", "Bearer " + token)
                .header("X-Magpie-User", Long.toString(heidi));
        assertThat(send(asAnother).text("username")).isEqualTo("judy");
    }

    @Test
    void countsByTheAddressBehindATrustedProxy() {
        for (int i = 0; i < 5; i++) {
            assertThat(from("203.0.113.5", "192.0.2." + i + ", 203.0.113.5").status())
                    .isEqualTo(401);
        }
        var limited = from("203.0.113.5", "198.51.100.1, 203.0.113.5");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.text("code")).isEqualTo("rate-limited");
        assertThat(limited.number("retryAfterMs")).isBetween(1L, 12_000L);
        assertThat(limited.response().headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 12L);
        assertThat(from("203.0.113.6", "203.0.113.6").status()).isEqualTo(401);
    }

    private Answer from(String username, String forwarded) {
        return send(withBody(
                request("/api/v1/sessions").header("X-Forwarded-For", forwarded),
                "POST",
                "{\"username\":\"%s\",\"password\":\"wrong password\",\"device\":%s}".formatted(username, DEVICE)));
    }

    private static String jwt(String subject, String name) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder().subject(subject).claim("name", name).build());
        jwt.sign(new MACSigner(JWT_SECRET));
        return jwt.serialize();
    }
}
