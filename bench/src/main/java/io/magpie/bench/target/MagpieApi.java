package io.magpie.bench.target;

import io.magpie.bench.load.MagpieGroups;
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
public final class MagpieApi implements MagpieGroups {
    private static final Pattern GROUP_ID = Pattern.compile("\"groupId\"\\s*:\\s*(\\d+)");
    private static final Pattern WEBSOCKET = Pattern.compile("\"websocket\"\\s*:\\s*\"([^\"]+)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Address http;

    public MagpieApi(Address http) {
        this.http = http;
    }

    @Override
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

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://" + http + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(60));
    }

    private static String field(HttpRequest request, int status, Pattern pattern) {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher field = pattern.matcher(response.body());
            if (response.statusCode() != status || !field.find()) {
                throw new IllegalStateException(
                        request.uri().getPath() + ": " + response.statusCode() + " " + response.body());
            }
            return field.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
        }
    }
}
