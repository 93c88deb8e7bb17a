package io.magpie.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// The HTTP API as one user. Blocks. Thread-safe.
public final class Api {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Address http;
    private final @Nullable String token;
    private final long user;

    public record Answer(int status, JsonNode body) {
        public String code() {
            return body.path("code").asString("");
        }

        public Answer expect(int expected) {
            assertThat(status).as("%s", body).isEqualTo(expected);
            return this;
        }
    }

    /// @param token null for nobody
    public Api(Address http, @Nullable String token) {
        this(http, token, 0);
    }

    private Api(Address http, @Nullable String token, long user) {
        this.http = http;
        this.token = token;
        this.user = user;
    }

    /// What a back end's key does on behalf of a user.
    public Api as(long someone) {
        return new Api(http, token, someone);
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer post(String path, Object... fieldsAndValues) {
        return call("POST", path, Requests.object(fieldsAndValues));
    }

    public Answer put(String path, Object... fieldsAndValues) {
        return call("PUT", path, Requests.object(fieldsAndValues));
    }

    public Answer patch(String path, Object... fieldsAndValues) {
        return call("PATCH", path, Requests.object(fieldsAndValues));
    }

    public Answer delete(String path) {
        return call("DELETE", path, null);
    }

    private Answer call(String method, String path, @Nullable Object body) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        var request = HttpRequest.newBuilder(URI.create("http://" + http + path))
                .timeout(PATIENCE)
                .method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (user > 0) {
            request.header("X-Magpie-User", Long.toString(user));
        }
        var response = send(request.build());
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(response.statusCode(), json ? JSON.readTree(response.body()) : MissingNode.getInstance());
    }

    /// The body as it comes.
    public String text(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://" + http + path))
                        .timeout(PATIENCE)
                        .build())
                .body();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
        }
    }
}
