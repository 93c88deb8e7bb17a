package io.magpie.gateway.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.gateway.echo.EchoServer;
import io.magpie.gateway.echo.EchoSettings;
import io.magpie.gateway.echo.EngineIoEcho;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Sessions of the echo server over real sockets, in every order of things that clients have come up with.
class EngineSessionTest {
    private static final EchoServer SERVER = EngineIoEcho.start(new EchoSettings(0, 20_000, 20_000, 100_000));
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String POLLING = "/engine.io/?EIO=4&transport=polling";

    @BeforeAll
    static void listens() {
        assertThat(SERVER.port()).isPositive();
    }

    @AfterAll
    static void close() {
        HTTP.close();
        SERVER.close();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + SERVER.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> sent(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return sent(to(path).build());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return sent(to(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private static CompletableFuture<HttpResponse<String>> polling(String session) {
        return HTTP.sendAsync(to(session).build(), HttpResponse.BodyHandlers.ofString());
    }

    /// The address of a fresh session.
    private static String session() throws IOException, InterruptedException {
        var open = get(POLLING).body();
        assertThat(open).startsWith("0{\"sid\":\"").contains("\"upgrades\":[\"websocket\"]");
        return POLLING + "&sid=" + open.substring(9, open.indexOf('"', 9));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static void isUnknown(String session) throws IOException, InterruptedException {
        var answer = get(session);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void whatIsWrongIsRefusedWithTheCodeThatClientsKnow() throws Exception {
        var session = session();
        for (var wrong : List.of(
                List.of("/engine.io/?EIO=4", "{\"code\":0,\"message\":\"Transport unknown\"}"),
                List.of("/engine.io/?EIO=4&transport=webtransport", "{\"code\":0,\"message\":\"Transport unknown\"}"),
                List.of(POLLING + "&sid=none", "{\"code\":1,\"message\":\"Session ID unknown\"}"),
                List.of("/engine.io/?EIO=4&transport=websocket", "{\"code\":3,\"message\":\"Bad request\"}"),
                List.of(session.replace("polling", "websocket"), "{\"code\":3,\"message\":\"Bad request\"}"),
                List.of(
                        "/engine.io/?EIO=3&transport=polling",
                        "{\"code\":5,\"message\":\"Unsupported protocol version\"}"),
                List.of(
                        "/engine.io/?transport=polling",
                        "{\"code\":5,\"message\":\"Unsupported protocol version\"}"))) {
            var answer = get(wrong.get(0));
            assertThat(answer.statusCode()).as(wrong.get(0)).isEqualTo(400);
            assertThat(answer.body()).as(wrong.get(0)).isEqualTo(wrong.get(1));
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        }
        var put =
                sent(to(POLLING).PUT(HttpRequest.BodyPublishers.ofString("4a")).build());
        assertThat(put.body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
        assertThat(put.statusCode()).isEqualTo(400);
    }

    @Test
    void aPayloadOfManyPacketsIsAnsweredInOrder() throws Exception {
        var session = session();
        assertThat(post(session, "4a\u001ebAQID\u001e4\u00e9\u001e4").body()).isEqualTo("ok");
        assertThat(get(session).body()).isEqualTo("4a\u001ebAQID\u001e4\u00e9\u001e4");
    }

    @Test
    void aPollWaitsUntilThereIsSomething() throws Exception {
        var session = session();
        var poll = polling(session);
        assertThat(post(session, "4late").body()).isEqualTo("ok");
        assertThat(poll.get(30, TimeUnit.SECONDS).body()).isEqualTo("4late");
    }

    @Test
    void aSecondPollEndsTheSession() throws Exception {
        var session = session();
        var answers = List.of(polling(session), polling(session));
        for (var answer : answers) {
            var got = answer.get(30, TimeUnit.SECONDS);
            assertThat(got.statusCode() == 200 ? "200 " + got.body() : Integer.toString(got.statusCode()))
                    .isIn("200 1", "400");
        }
        assertThat(answers.stream().filter(a -> a.join().statusCode() == 200)).hasSize(1);
        isUnknown(session);
    }

    @Test
    void overlappingPostsEndTheSession() throws Exception {
        var session = session();
        try (var first = new RawHttp(SERVER.port());
                var second = new RawHttp(SERVER.port())) {
            // Whoever is told to go on has had the head of the request dealt with.
            first.write(
                    "POST " + session + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(first.status()).contains(" 100 ");
            second.write("POST " + session + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n4b");
            assertThat(second.status()).contains(" 400 ");
        }
        isUnknown(session);
    }

    @Test
    void whatIsNoPacketEndsTheSession() throws Exception {
        for (var wrong : List.of("abc", "", "4a\u001e", "2", "2probe")) {
            var session = session();
            var answer = post(session, wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(wrong.startsWith("2") ? 200 : 400);
            isUnknown(session);
        }
    }

    @Test
    void aBodyAboveTheLimitIsRefusedAndOneAtTheLimitIsNot() throws Exception {
        var session = session();
        assertThat(post(session, "4" + "x".repeat(99_999)).body()).isEqualTo("ok");
        assertThat(get(session).body()).hasSize(100_000);
        assertThat(post(session, "4" + "x".repeat(100_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void aPollerThatHangsUpTakesItsSessionAlong() throws Exception {
        var session = session();
        int before = SERVER.sessions();
        try (var poller = new RawHttp(SERVER.port())) {
            poller.write("GET " + session + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n");
            // It waits, as the answer to what follows is not a poll's.
            assertThat(poller.status()).contains(" 100 ");
        }
        await(() -> SERVER.sessions() < before);
        isUnknown(session);
    }

    @Test
    void theClientsCloseIsAnsweredOnThePollThatWaitsAndOnTheOneThatComesLate() throws Exception {
        var waiting = session();
        var poll = polling(waiting);
        Thread.sleep(50);
        assertThat(post(waiting, "1").body()).isEqualTo("ok");
        assertThat(poll.get(30, TimeUnit.SECONDS).body()).isEqualTo("6");
        isUnknown(waiting);
        var late = session();
        assertThat(post(late, "1").body()).isEqualTo("ok");
        assertThat(get(late).body()).isEqualTo("6");
        isUnknown(late);
    }

    @Test
    void pagesAtOtherOriginsMayReadTheAnswers() throws Exception {
        var asked = sent(to(POLLING)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "http://page.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-mine")
                .build());
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, POST");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers")).contains("x-mine");
        var opened = sent(to(POLLING).header("Origin", "http://page.example").build());
        for (var answer : List.of(asked, opened)) {
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("http://page.example");
            assertThat(answer.headers().firstValue("Vary")).contains("Origin");
        }
    }

    @Test
    void anUpgradeTakesOverWithoutLosingAnything() throws Exception {
        var session = session();
        var poll = polling(session);
        var socket = new Frames(session);
        socket.say("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        assertThat(poll.get(30, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(post(session, "4before").body()).isEqualTo("ok");
        socket.say("5");
        assertThat(socket.next()).isEqualTo("4before");
        socket.say("4after");
        assertThat(socket.next()).isEqualTo("4after");
        assertThat(get(session).body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        var second = new Frames(session);
        assertThat(second.next()).isEqualTo("closed");
        socket.say("4still");
        assertThat(socket.next()).isEqualTo("4still");
        socket.say("1");
        assertThat(socket.next()).isEqualTo("closed");
        isUnknown(session);
    }

    @Test
    void anUpgradeThatFailsLeavesThePollingAsItWas() throws Exception {
        var session = session();
        for (var wrong : List.of("5", "4message", "nonsense", "3")) {
            var socket = new Frames(session);
            socket.say(wrong);
            assertThat(socket.next()).as(wrong).isEqualTo("closed");
        }
        var gone = new Frames(session);
        gone.say("2probe");
        assertThat(gone.next()).isEqualTo("3probe");
        gone.abort();
        assertThat(post(session, "4here").body()).isEqualTo("ok");
        var answer = get(session).body();
        assertThat(answer.equals("6") ? get(session).body() : answer).isEqualTo("4here");
    }

    @Test
    void aSessionClosedDuringItsUpgradeTakesTheSocketAlong() throws Exception {
        var session = session();
        var socket = new Frames(session);
        socket.say("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        assertThat(post(session, "1").body()).isEqualTo("ok");
        assertThat(socket.next()).isEqualTo("closed");
    }

    @Test
    void aWebSocketNeedsNoPolling() throws Exception {
        var socket = new Frames("/engine.io/?EIO=4&transport=websocket");
        assertThat(socket.next()).startsWith("0{").contains("\"upgrades\":[]");
        socket.say("4\u00e9");
        assertThat(socket.next()).isEqualTo("4\u00e9");
        socket.socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), true).join();
        assertThat(socket.next()).isEqualTo("binary 2");
        socket.say("x");
        assertThat(socket.next()).isEqualTo("closed");
    }

    @Test
    void aWebSocketForAnUnknownSessionIsRefused() {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                CompletionException.class,
                                () -> new Frames("/engine.io/?EIO=4&transport=websocket&sid=none"))
                        .getCause())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(400));
    }

    /// A WebSocket whose frames queue up.
    private static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Frames(String session) {
            socket = HTTP.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://localhost:" + SERVER.port() + session.replace("polling", "websocket")),
                            this)
                    .join();
        }

        void say(String text) {
            socket.sendText(text, true).join();
        }

        void abort() {
            socket.abort();
        }

        String next() throws InterruptedException {
            var frame = frames.poll(30, TimeUnit.SECONDS);
            return frame == null ? "nothing" : frame;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                frames.add(part.toString());
                part.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            frames.add("binary " + data.remaining());
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            frames.add("closed");
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            frames.add("closed");
        }
    }
}
