package io.magpie.client.http;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON over HTTP: a refusal of the server, which is an RFC 9457 problem with a `code`, becomes a rejection;
/// a server that cannot be reached an [UncheckedIOException].
final class HttpCalls {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpClient http;
    private final URI base;
    private final @Nullable String token;

    HttpCalls(HttpClient http, URI base, @Nullable String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    HttpCalls withToken(String other) {
        return new HttpCalls(http, base, other);
    }

    HttpClient http() {
        return http;
    }

    URI base() {
        return base;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    Outcome<JsonNode> get(String path) {
        return call(request("GET", path, null));
    }

    Outcome<JsonNode> post(String path, @Nullable JsonNode body) {
        return call(request("POST", path, body));
    }

    Outcome<JsonNode> put(String path, @Nullable JsonNode body) {
        return call(request("PUT", path, body));
    }

    Outcome<JsonNode> patch(String path, JsonNode body) {
        return call(request("PATCH", path, body));
    }

    Outcome<JsonNode> delete(String path) {
        return call(request("DELETE", path, null));
    }

    HttpRequest request(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                .timeout(ANSWER_WITHIN)
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private Outcome<JsonNode> call(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return outcome(response.statusCode(), response.body());
        } catch (ConnectException e) {
            throw new UncheckedIOException(new IOException("cannot connect to " + base, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    static Outcome<JsonNode> outcome(int status, byte[] body) {
        JsonNode json = parse(body);
        if (status / 100 == 2) {
            return Outcome.done(json);
        }
        String message = json.path("detail").asString(json.path("message").asString("status " + status));
        return Outcome.rejected(new Rejection(
                code(json.path("code").asString(""), status),
                message,
                json.path("retryAfterMs").asLong(0)));
    }

    private static JsonNode parse(byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    private static ErrorCode code(String name, int status) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.wireName().equals(name)) {
                return code;
            }
        }
        for (ErrorCode code : ErrorCode.values()) {
            if (code.httpStatus() == status) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }
}
