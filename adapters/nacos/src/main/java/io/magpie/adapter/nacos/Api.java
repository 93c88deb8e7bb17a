package io.magpie.adapter.nacos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Nacos's HTTP API for clients, version 3: whichever server answers.
///
/// **Thread.** One at a time; waits a second at most per server.
final class Api implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String LOGIN = "/nacos/v3/auth/user/login";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final List<String> servers;
    private final String user;
    private final String password;
    private int current;
    private String token = "";

    Api(NacosService service) {
        servers = service.addresses();
        user = service.user();
        password = service.password();
        servers.forEach(Api::uri);
    }

    /// What Nacos answers: its `code`, 0 for success, and its `data`.
    JsonNode call(String method, String path, Map<String, String> parameters) throws IOException {
        IOException last = new IOException("no server");
        for (int attempt = 0; attempt < servers.size(); attempt++) {
            try {
                return ask(method, path, parameters);
            } catch (IOException e) {
                last = e;
                current = (current + 1) % servers.size();
                token = "";
            }
        }
        throw last;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private JsonNode ask(String method, String path, Map<String, String> parameters) throws IOException {
        if (!user.isEmpty() && token.isEmpty()) {
            token = login();
        }
        var answer = send(method, path, parameters);
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            // Tokens expire; a new one is asked for with the next call.
            token = "";
        }
        return parse(answer);
    }

    private String login() throws IOException {
        JsonNode answer = parse(send("POST", LOGIN, Map.of("username", user, "password", password)));
        String fresh = answer.path("accessToken").asString("");
        if (fresh.isEmpty()) {
            throw new IOException(servers.get(current) + " refuses the user " + user);
        }
        return fresh;
    }

    private HttpResponse<String> send(String method, String path, Map<String, String> parameters) throws IOException {
        String form = form(parameters);
        boolean inBody = method.equals("POST");
        var request = HttpRequest.newBuilder(uri(servers.get(current) + path + (inBody ? "" : "?" + form)))
                .timeout(PATIENCE)
                .header("User-Agent", "Magpie")
                .header("accessToken", token)
                .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                .method(
                        method,
                        inBody ? HttpRequest.BodyPublishers.ofString(form) : HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private JsonNode parse(HttpResponse<String> answer) throws IOException {
        try {
            JsonNode tree = json.readTree(answer.body());
            if (answer.statusCode() == 200 && tree.isObject()) {
                return tree;
            }
        } catch (JacksonException _) {
            // Told below with what it said instead.
        }
        throw new IOException("%s answers %d %s"
                .formatted(
                        servers.get(current),
                        answer.statusCode(),
                        answer.body().lines().findFirst().orElse("")));
    }

    private static URI uri(String address) {
        URI uri = URI.create("http://" + address);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(address + " (expected: host:port)");
        }
        return uri;
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
