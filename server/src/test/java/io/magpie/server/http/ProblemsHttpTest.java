package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is sent, the answer is the promised one, and never a fault.
class ProblemsHttpTest extends HttpTest {
    private static final long SEED = 20_261_121;
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1e400",
            "9223372036854775808",
            "123456789012345678901234567890",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"喜鹊\"",
            "[]",
            "[null,1,\"a\",{}]",
            "{}",
            "{\"a\":{\"a\":{}}}");

    private long user;

    @BeforeAll
    void somebody() {
        user = person("somebody");
    }

    @Test
    void everyErrorIsAProblemDocument() {
        problem(send(request("/api/v1/nothing")), 404, "not-found");
        problem(send(request("/nothing")), 404, "not-found");
        problem(call("PUT", "/accounts", null, "{}"), 405, "unsupported");
        problem(call("GET", "/me", null, null), 401, "unauthenticated");
        problem(call("POST", "/accounts", null, "{"), 400, "malformed");
        problem(call("POST", "/accounts", null, null), 400, "malformed");
        problem(
                send(request("/api/v1/accounts")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.noBody())),
                400,
                "malformed");
        problem(
                send(request("/api/v1/accounts")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))),
                415,
                "unsupported");
        problem(call("POST", "/accounts", null, " ".repeat(65_537)), 413, "too-large");
        problem(as(user, "GET", "/users/1e3", null), 400, "malformed");
        problem(as(user, "GET", "/users/99999999999999999999", null), 400, "malformed");
        problem(as(user, "GET", "/groups/-1", null), 404, "not-found");
    }

    /// What Tomcat refuses before a servlet sees it.
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            GET / HTTP/3.9      | Host: a                | 505 | unsupported
            GET / HTTP/1.1      | X: no host             | 400 | malformed
            G<T / HTTP/1.1      | Host: a                | 400 | malformed
            nonsense            | Host: a                | 400 | malformed
            GET /{} HTTP/1.1    | Host: a                | 400 | malformed
            GET /%00 HTTP/1.1   | Host: a                | 400 | malformed
            GET /a%2fb HTTP/1.1 | Host: a                | 400 | malformed
            GET / HTTP/1.1      | Host: a b              | 400 | malformed
            POST / HTTP/1.1     | Content-Length: x      | 400 | malformed
            POST / HTTP/1.1     | Transfer-Encoding: zip | 501 | unsupported
            CONNECT a:1 HTTP/1.1 | Host: a:1             | 501 | unsupported
            GET / HTTP/1.1      | Expect: the unexpected | 417 | unsupported
            """)
    void whatTomcatRefusesIsAProblemDocument(String line, String header, int status, String code) throws IOException {
        String host = header.startsWith("Host") || header.startsWith("X:") ? "" : "Host: a\r\n";
        problem(raw(line + "\r\n" + host + header + "\r\n\r\n"), status, code);
    }

    @Test
    void tooLargeHeadersAreAProblemDocument() throws IOException {
        problem(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9000) + "\r\n\r\n"), 400, "malformed");
        problem(raw("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"), 400, "malformed");
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        problem(as(user, "GET", "/conversations?since=-4", null), 400, "malformed");
        assertThat(as(user, "GET", "/conversations?since=-4", null).text("detail"))
                .isEqualTo("since: -4 (expected: 0 or a syncedAt)");
        assertThat(as(user, "GET", "/conversations/g.1/entries?after=-1", null).text("detail"))
                .isEqualTo("after: -1 (expected: 0 or a seq)");
        assertThat(as(user, "GET", "/conversations/g.1/reads?seq=0", null).text("detail"))
                .startsWith("seq: 0 (expected: ");
        long group = as(user, "POST", "/groups", "{\"name\":\"x\"}").number("groupId");
        for (String body : List.of("{}", "{\"users\":[1],\"user\":1}")) {
            assertThat(as(user, "POST", "/groups/" + group + "/members", body).text("detail"))
                    .isEqualTo("users: missing, or given beside user (expected: one of them)");
        }
    }

    @Test
    void namesTheField() {
        assertThat(registering("{\"username\":5}")).isEqualTo("username: wrong type (expected: text)");
        assertThat(registering("{\"username\":[\"a\"]}")).isEqualTo("username: wrong type (expected: text)");
        assertThat(registering("[]")).startsWith("body: wrong type");
        assertThat(registering("{\"username\":\"a\",}")).startsWith("body: not JSON at line 1");
        assertThat(registering("")).startsWith("body: missing");
        assertThat(registering("null")).startsWith("body: missing");
        assertThat(registering("{} {}")).startsWith("body: ");
        assertThat(as(user, "POST", "/groups", "{\"name\":\"x\",\"members\":[1,\"a\"]}")
                        .text("detail"))
                .isEqualTo("members[1]: wrong type (expected: a whole number)");
        assertThat(as(user, "POST", "/groups", "{\"name\":\"x\",\"historyOpen\":\"true\"}")
                        .text("detail"))
                .isEqualTo("historyOpen: wrong type (expected: true or false)");
        assertThat(as(user, "POST", "/friend-requests", "{\"user\":1.5}").text("detail"))
                .startsWith("user: ");
        assertThat(as(user, "POST", "/friend-requests", "{\"user\":99999999999999999999}")
                        .text("detail"))
                .startsWith("user: ");
        assertThat(call(
                                "POST",
                                "/sessions",
                                null,
                                "{\"username\":\"a\",\"password\":\"b\",\"device\":{\"id\":\"x\",\"platform\":\"cat\"}}")
                        .text("detail"))
                .isEqualTo("device.platform: unknown (expected: one of web, ios, android, windows, mac, linux, bot)");
    }

    @Test
    void deepAndBrokenBodiesAreMalformed() {
        problem(call("POST", "/accounts", null, "[".repeat(30_000)), 400, "malformed");
        problem(call("POST", "/accounts", null, "{\"a\":".repeat(10_000)), 400, "malformed");
        byte[] broken = "{\"username\":\"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1);
        problem(
                send(request("/api/v1/accounts")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(broken))),
                400,
                "malformed");
    }

    @Test
    void thousandsOfMutatedBodiesAreNeverAFault() {
        var random = new Random(SEED);
        var calls = List.of(
                new String[] {
                    "POST", "/accounts", "{\"username\":\"mallory\",\"password\":\"short\",\"nickname\":\"M\"}"
                },
                new String[] {
                    "POST",
                    "/sessions",
                    "{\"username\":\"a\",\"device\":{\"id\":\"d\",\"platform\":\"web\",\"name\":\"n\"}}"
                },
                new String[] {"PATCH", "/me", "{\"nickname\":\"n\",\"bio\":\"b\",\"avatar\":\"7\"}"},
                new String[] {"PUT", "/me/avatar", "{\"avatar\":\"https://example.org/a\"}"},
                new String[] {"POST", "/friend-requests", "{\"user\":1,\"message\":\"m\",\"remark\":\"r\"}"},
                new String[] {"PATCH", "/friends/1", "{\"remark\":\"r\"}"},
                new String[] {"POST", "/friend-requests/1/accept", "{\"remark\":\"r\"}"},
                new String[] {
                    "POST", "/groups", "{\"name\":\"n\",\"members\":[1,2],\"joinPolicy\":\"open\",\"historyOpen\":true}"
                },
                new String[] {
                    "PATCH",
                    "/groups/1",
                    "{\"name\":\"n\",\"announcement\":\"a\",\"mutedUntil\":5,\"joinPolicy\":\"open\"}"
                },
                new String[] {"POST", "/groups/1/members", "{\"users\":[1,2]}"},
                new String[] {"PATCH", "/groups/1/members/1", "{\"role\":\"admin\",\"mutedUntil\":5,\"nickname\":\"n\"}"
                },
                new String[] {"POST", "/groups/1/join", "{\"message\":\"m\"}"},
                new String[] {"POST", "/groups/1/owner", "{\"user\":2}"});
        for (int i = 0; i < 3000; i++) {
            var call = calls.get(random.nextInt(calls.size()));
            String body = mutated(call[2], random);
            var answer = as(user, call[0], call[1], body);
            assertThat(answer.status())
                    .as("%s %s %s (seed %d, round %d)", call[0], call[1], body, SEED, i)
                    .isLessThan(500);
            if (answer.status() >= 400) {
                problem(answer, answer.status(), answer.text("code"));
            }
        }
    }

    private static String mutated(String body, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> body.substring(0, random.nextInt(body.length()));
            case 1 -> {
                int at = random.nextInt(body.length());
                yield body.substring(0, at) + (char) random.nextInt(1, 0x3000) + body.substring(at + 1);
            }
            case 2 -> {
                int colon = body.indexOf(':', random.nextInt(body.lastIndexOf(':') + 1));
                int end = Math.max(body.indexOf(',', colon), body.indexOf('}', colon));
                yield body.substring(0, colon + 1) + VALUES.get(random.nextInt(VALUES.size())) + body.substring(end);
            }
            default -> VALUES.get(random.nextInt(VALUES.size()));
        };
    }

    private String registering(String body) {
        return call("POST", "/accounts", null, body).text("detail");
    }

    private static void problem(RawAnswer answer, int status, String code) {
        assertThat(answer.head())
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("content-type: application/problem+json");
        assertThat(answer.body().get("code").stringValue()).isEqualTo(code);
        assertThat(answer.body().get("status").intValue()).isEqualTo(status);
        assertThat(answer.body().get("detail").stringValue()).isNotEmpty();
    }

    private static void problem(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.number("status")).isEqualTo(status);
        assertThat(answer.body().has("type")).isTrue();
        assertThat(answer.text("title")).isNotEmpty();
        assertThat(answer.text("detail")).isNotEmpty();
    }
}
