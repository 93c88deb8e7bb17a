package io.magpie.client.http;

import io.magpie.client.http.Answers.DeviceLogin;
import io.magpie.client.http.Answers.Empty;
import io.magpie.client.http.Answers.LoggedIn;
import io.magpie.client.http.Answers.Profile;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The HTTP API as one user sees it. Methods block until the answer; what the server refuses is an outcome, a
/// server that cannot be reached is an `UncheckedIOException`. Thread-safe.
public final class MagpieHttp {
    private final HttpCalls calls;

    public MagpieHttp(HttpClient http, URI base) {
        this(new HttpCalls(http, base, null));
    }

    private MagpieHttp(HttpCalls calls) {
        this.calls = calls;
    }

    public MagpieHttp withToken(String token) {
        return new MagpieHttp(calls.withToken(token));
    }

    public ContactsHttp contacts() {
        return new ContactsHttp(calls);
    }

    public GroupsHttp groups() {
        return new GroupsHttp(calls);
    }

    /// @return the new user's id
    public Outcome<Long> register(String username, String password) {
        ObjectNode body = HttpCalls.object().put("username", username).put("password", password);
        return calls.post("/accounts", body).map(json -> json.path("userId").asLong(0));
    }

    public Outcome<LoggedIn> logIn(String username, String password, Device device) {
        ObjectNode body = HttpCalls.object().put("username", username).put("password", password);
        body.putObject("device")
                .put("id", device.id())
                .put("platform", device.platform().name().toLowerCase(Locale.ROOT))
                .put("name", device.name());
        return calls.post("/sessions", body)
                .map(json -> new LoggedIn(
                        json.path("token").asString(""),
                        json.path("userId").asLong(0),
                        json.path("expiresAt").asLong(0)));
    }

    public Outcome<Empty> logOut() {
        return calls.delete("/sessions/current").map(_ -> new Empty());
    }

    public Outcome<Empty> logOut(long session) {
        return calls.delete("/sessions/" + session).map(_ -> new Empty());
    }

    public Outcome<List<DeviceLogin>> devices() {
        return calls.get("/sessions").map(json -> Json.items(json, Json::device));
    }

    public Outcome<Profile> me() {
        return calls.get("/me").map(Json::profile);
    }

    public Outcome<Profile> nickname(String nickname) {
        return calls.patch("/me", HttpCalls.object().put("nickname", nickname)).map(Json::profile);
    }

    public Outcome<Profile> user(long user) {
        return calls.get("/users/" + user).map(Json::profile);
    }

    public Outcome<List<Profile>> users(String query) {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        return calls.get("/users?query=" + encoded).map(json -> Json.items(json, Json::profile));
    }

    /// The newest messages in all of the user's conversations that hold all of these words.
    public Outcome<List<Entry>> search(String words) {
        return calls.get("/search?query=" + URLEncoder.encode(words, StandardCharsets.UTF_8))
                .map(json -> Json.entries(json.path("entries")));
    }

    /// The members that have read up to `seq`.
    public Outcome<List<Long>> readers(ConversationId conversation, long seq) {
        return calls.get("/conversations/" + conversation + "/reads?seq=" + seq)
                .map(json -> Json.list(json.path("users"), user -> user.asLong(0)));
    }

    /// Where this user should connect now: [io.magpie.client.ClientSettings]'s address. Does not block. A
    /// server that does not say is taken to listen on its default port.
    public CompletableFuture<URI> gateway() {
        return gateway(this::webSocket, defaultAddress("ws", 8081, "/ws"));
    }

    /// The same for protobuf over TCP.
    public CompletableFuture<URI> tcpGateway() {
        URI byDefault = defaultAddress("tcp", 8082, "");
        return gateway(
                json -> {
                    String tcp = json.path("tcp").asString("");
                    return tcp.isEmpty() ? byDefault : URI.create(tcp);
                },
                byDefault);
    }

    private CompletableFuture<URI> gateway(Function<JsonNode, URI> address, URI byDefault) {
        return calls.http()
                .sendAsync(calls.request("GET", "/gateway", null), HttpResponse.BodyHandlers.ofByteArray())
                .thenCompose(response -> switch (HttpCalls.outcome(response.statusCode(), response.body())) {
                    case Outcome.Done<JsonNode>(JsonNode json) ->
                        CompletableFuture.completedFuture(address.apply(json));
                    case Outcome.Rejected<JsonNode>(var rejection) ->
                        switch (rejection.code()) {
                            // A session that is over is for the realtime connection to tell.
                            case NOT_FOUND, UNAUTHENTICATED -> CompletableFuture.completedFuture(byDefault);
                            default -> CompletableFuture.failedFuture(new IOException(rejection.message()));
                        };
                });
    }

    private URI webSocket(JsonNode json) {
        String websocket = json.path("websocket").asString("");
        if (websocket.isEmpty()) {
            return defaultAddress("ws", 8081, "/ws");
        }
        if (websocket.startsWith("ws")) {
            URI uri = URI.create(websocket);
            return uri.getPath() == null || uri.getPath().isEmpty() ? uri.resolve("/ws") : uri;
        }
        return URI.create("ws://" + websocket + "/ws");
    }

    /// @param plain the scheme without TLS
    private URI defaultAddress(String plain, int port, String path) {
        boolean encrypted = "https".equalsIgnoreCase(calls.base().getScheme());
        String scheme = !encrypted ? plain : plain.equals("ws") ? "wss" : "tls";
        return URI.create(scheme + "://" + calls.base().getHost() + ":" + port + path);
    }
}
