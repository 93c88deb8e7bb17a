package io.magpie.server.http;

import io.magpie.server.MagpieServer;
import io.magpie.server.config.CommandLine;
import io.magpie.server.config.SettingsLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole server over HTTP, one for all tests of a class.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpTest {
    static final String API_KEY = "an API key of a back end";
    static final String JWT_SECRET = "a shared secret of at least 32 bytes";
    static final String DEVICE = "{\"id\":\"phone\",\"platform\":\"ios\"}";

    private final JsonMapper json = new JsonMapper();
    final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;

    @BeforeAll
    void start(@TempDir Path folder) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "--data",
                                folder.toString(),
                                "--http-port",
                                "0",
                                "--realtime-port",
                                "0",
                                "--tcp-port",
                                "0",
                                "--set",
                                "auth.jwt.secret=" + JWT_SECRET,
                                "--set",
                                "auth.apiKeys=[{\"name\":\"shop\",\"key\":\"" + API_KEY + "\"}]"),
                        settings())
                .toArray(String[]::new);
        context = MagpieServer.start(new SettingsLoader(Map.of(), folder).load(CommandLine.parse(arguments)));
    }

    Stream<String> settings() {
        return Stream.of();
    }

    @AfterAll
    void stop() {
        context.close();
        http.close();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    record Answer(int status, HttpResponse<String> response, JsonNode body) {
        long number(String field) {
            return body.get(field).longValue();
        }

        String text(String field) {
            return body.get(field).stringValue();
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path));
    }

    /// @param token null asks as nobody
    Answer call(String method, String path, @Nullable String token, @Nullable String body) {
        var request = request("/api/v1" + path);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(withBody(request, method, body));
    }

    /// As a back end that acts as a user.
    Answer as(long user, String method, String path, @Nullable String body) {
        return send(withBody(
                request("/api/v1" + path)
                        .header("Authorization", "Bearer " + API_KEY)
                        .header("X-Magpie-User", Long.toString(user)),
                method,
                body));
    }

    static HttpRequest.Builder withBody(HttpRequest.Builder request, String method, @Nullable String body) {
        return body == null
                ? request.method(method, HttpRequest.BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var body = response.body().isEmpty() ? json.nullNode() : json.readTree(response.body());
            return new Answer(response.statusCode(), response, body);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// What comes back for these bytes, which need not be HTTP.
    RawAnswer raw(String request) throws IOException {
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new RawAnswer(answer.substring(0, end), json.readTree(body(answer.substring(end + 4))));
        }
    }

    private static String body(String sent) {
        return sent.startsWith("{") ? sent : sent.lines().skip(1).findFirst().orElse("");
    }

    record RawAnswer(String head, JsonNode body) {}

    /// A user without a password, made by the back end.
    long person(String username) {
        return call("POST", "/accounts", API_KEY, "{\"username\":\"" + username + "\"}")
                .number("userId");
    }

    /// A user with a password; the token of a login.
    String loggedIn(String username) {
        call("POST", "/accounts", null, "{\"username\":\"" + username + "\",\"password\":\"correct horse\"}");
        return logIn(username, "correct horse", DEVICE).text("token");
    }

    Answer logIn(String username, String password, String device) {
        return call(
                "POST",
                "/sessions",
                null,
                "{\"username\":\"%s\",\"password\":\"%s\",\"device\":%s}".formatted(username, password, device));
    }
}
