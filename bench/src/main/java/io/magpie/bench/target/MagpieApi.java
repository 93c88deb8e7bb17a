package io.magpie.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The few calls of Magpie's HTTP API the load needs. Blocks.
public final class MagpieApi {
    private static final Pattern GROUP_ID = Pattern.compile("\"groupId\"\\s*:\\s*(\\d+)");
    private static final Pattern WEBSOCKET = Pattern.compile("\"websocket\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TCP = Pattern.compile("\"tcp\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern USER = Pattern.compile("\"userId\"\\s*:\\s*(\\d+)");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Address http;

    public MagpieApi(Address http) {
        this.http = http;
    }

    public long create(String token, List<Long> members) {
        return create(token, "Bench", members);
    }

    /// @param name as JSON text without quotes in need of escaping
    public long create(String token, String name, List<Long> members) {
        String body = "{\"name\":\"" + name + "\",\"members\":" + members + ",\"joinPolicy\":\"open\"}";
        HttpRequest request = request("/api/v1/groups", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Long.parseLong(field(request, 201, GROUP_ID));
    }

    /// Where users connect.
    public Address realtime(String token) {
        URI webSocket = URI.create(field(request("/api/v1/gateway", token).build(), 200, WEBSOCKET));
        return new Address(webSocket.getHost(), webSocket.getPort());
    }

    /// Where users connect without HTTP.
    Address tcp(String token) {
        URI tcp = URI.create(field(request("/api/v1/gateway", token).build(), 200, TCP));
        return new Address(tcp.getHost(), tcp.getPort());
    }

    /// A session token; registers the user if there is none of that name.
    ///
    /// @param name and `password` as JSON text without quotes in need of escaping
    String logIn(String name, String password) {
        String who = "\"username\":\"" + name + "\",\"password\":\"" + password + "\"";
        HttpRequest login =
                post("/api/v1/sessions", "{" + who + ",\"device\":{\"id\":\"bench\",\"platform\":\"bot\"}}");
        HttpResponse<String> first = send(login);
        if (first.statusCode() != 201) {
            var _ = field(post("/api/v1/accounts", "{" + who + "}"), 201, USER);
            return field(login, 201, TOKEN);
        }
        return field(login, first, 201, TOKEN);
    }

    private HttpRequest post(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + http + path)).timeout(Duration.ofSeconds(60));
    }

    private HttpRequest.Builder request(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private static String field(HttpRequest request, int status, Pattern pattern) {
        return field(request, send(request), status, pattern);
    }

    private static String field(HttpRequest request, HttpResponse<String> response, int status, Pattern pattern) {
        Matcher field = pattern.matcher(response.body());
        if (response.statusCode() != status || !field.find()) {
            throw new IllegalStateException(
                    request.uri().getPath() + ": " + response.statusCode() + " " + response.body());
        }
        return field.group(1);
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
