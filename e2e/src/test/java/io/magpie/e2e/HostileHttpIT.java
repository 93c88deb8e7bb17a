package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import io.magpie.e2e.harness.Mutations;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.SharedNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// Bodies and requests that no client of ours would send.
@ExtendWith(SharedNode.class)
class HostileHttpIT {
    private static final int BODIES = 3_000;
    private static final int RAW = 300;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json;charset=utf-8",
            "application/json;charset=utf-16",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/xml",
            "nonsense");

    private final Node node;
    private final HttpClient http = HttpClient.newHttpClient();

    HostileHttpIT(Node node) {
        this.node = node;
    }

    private record Call(String method, String path, String body) {}

    private static List<Call> calls(long me, long group) {
        return List.of(
                new Call("POST", "/api/v1/accounts", "{\"username\":\"h\",\"password\":\"short\",\"nickname\":\"x\"}"),
                new Call("PATCH", "/api/v1/me", "{\"nickname\":\"N\",\"bio\":\"B\"}"),
                new Call("PUT", "/api/v1/me/avatar", "{\"avatar\":\"https://example.org/a.png\"}"),
                new Call("POST", "/api/v1/friend-requests", "{\"user\":" + me + ",\"message\":\"m\",\"remark\":\"r\"}"),
                new Call("POST", "/api/v1/friend-requests/1/accept", "{\"remark\":\"r\"}"),
                new Call("PATCH", "/api/v1/friends/1", "{\"remark\":\"r\"}"),
                new Call("PUT", "/api/v1/blocks/999999", "{}"),
                new Call("POST", "/api/v1/groups", "{\"name\":\"g\",\"members\":[1,2],\"joinPolicy\":\"open\"}"),
                new Call("PATCH", "/api/v1/groups/" + group, "{\"name\":\"n\",\"announcement\":\"a\"}"),
                new Call("POST", "/api/v1/groups/" + group + "/members", "{\"users\":[1,2,3]}"),
                new Call("PATCH", "/api/v1/groups/" + group + "/members/" + me, "{\"nickname\":\"n\"}"),
                new Call("POST", "/api/v1/groups/" + group + "/owner", "{\"user\":2}"),
                new Call("POST", "/api/v1/groups/" + group + "/join", "{\"password\":\"p\"}"),
                new Call("PATCH", "/api/v1/conversations/g." + group, "{\"muted\":true,\"pinned\":false}"),
                new Call(
                        "POST",
                        "/api/v1/conversations/g." + group + "/entries",
                        "{\"clientId\":\"c\",\"content\":{\"kind\":\"text\",\"text\":\"t\"},\"mentions\":\"all\"}"));
    }

    @Test
    void spoiltBodiesAreRefusedWithAProblemAndNeverBreakTheServer() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String token = node.token("hostile-http");
        var calls = calls(me(), group(token));
        int refused = 0;
        for (int i = 0; i < BODIES; i++) {
            var call = calls.get(i % calls.size());
            byte[] body = new Mutations(List.of(call.body()), random).next();
            String type = i % 8 == 0 ? TYPES.get(random.nextInt(TYPES.size())) : TYPES.getFirst();
            var request = HttpRequest.newBuilder(URI.create("http://" + node.http() + call.path()))
                    .timeout(Person.PATIENCE)
                    .header("Content-Type", type)
                    .header("Authorization", "Bearer " + token)
                    .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            refused += checked(http.send(request, HttpResponse.BodyHandlers.ofString()), seed, call, body) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(BODIES / 3);
        assertThat(node.api(token).get("/api/v1/me").status()).isEqualTo(200);
    }

    private long me() throws IOException {
        try (var person = Person.of(node, "hostile-http")) {
            return person.id();
        }
    }

    private long group(String token) {
        return node.api(token)
                .post("/api/v1/groups", "name", "Hostile", "members", List.of(), "joinPolicy", "open")
                .expect(201)
                .body()
                .path("groupId")
                .asLong();
    }

    private static boolean checked(HttpResponse<String> response, long seed, Call call, byte[] body) {
        String what = "seed %d: %s %s with %s -> %s"
                .formatted(
                        seed,
                        call,
                        response.request().headers().map(),
                        new String(body, StandardCharsets.UTF_8),
                        response.body());
        assertThat(response.statusCode()).as(what).isLessThan(500);
        if (response.statusCode() < 400) {
            return false;
        }
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .as(what)
                .startsWith("application/problem+json");
        var problem = JSON.readTree(response.body());
        assertThat(problem.path("code").asString("")).as(what).isNotIn("", "internal");
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(response.statusCode());
        return true;
    }

    @Test
    void bytesThatAreNoRequestGetAnAnswerOrAClosedConnection() throws Exception {
        var random = new Random(11);
        var good = List.of(
                "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nonsense\r\n\r\n",
                "POST /api/v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/groups HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "GET /api/v1/users/%ff%00?query=%zz HTTP/1.1\r\nHost: x\r\n\r\n");
        var mutations = new Mutations(good, random);
        Address address = node.http();
        for (int i = 0; i < RAW; i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.host(), address.port()));
                socket.setSoTimeout((int) Person.PATIENCE.toMillis());
                socket.getOutputStream().write(mutations.next());
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(answer).doesNotStartWith("HTTP/1.1 500");
            } catch (IOException _) {
                // Closed without an answer: what noise may expect.
            }
        }
        assertThat(node.api(node.token("hostile-http")).get("/api/v1/me").status())
                .isEqualTo(200);
    }

    @Test
    void aQueryThatIsNoUrlEncodedTextIsMalformed() throws Exception {
        for (String query : List.of("%", "%zz", "%ff", "%c3%28", "a%00b")) {
            String answer = raw("GET /api/v1/users?query=" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + node.token("hostile-http") + "\r\n\r\n");
            assertThat(answer).as(query).startsWith("HTTP/1.1 400").contains("\"malformed\"");
        }
    }

    private String raw(String request) throws IOException {
        Address address = node.http();
        try (var socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout((int) Person.PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBodyAboveTheLimitIsTooLarge() throws Exception {
        String token = node.token("hostile-http");
        var answer = node.api(token).patch("/api/v1/me", "nickname", "x".repeat(200_000));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too-large");
    }
}
