package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.session.Weight;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionOverSocketTest {
    private TestGateway server;

    @BeforeEach
    void start() throws Exception {
        server = TestGateway.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void requestsBeforeHelloAreRefusedAndTheConnectionLives() throws Exception {
        try (var peer = RawPeer.connect(server.address())) {
            peer.text("{\"type\":\"ping\",\"id\":\"1\"}");
            assertThat(peer.read().text()).contains("\"unauthenticated\"").contains("\"id\":\"1\"");
            peer.text(RawPeer.HELLO.replace("good", "bad"));
            assertThat(peer.read().text()).contains("\"unauthenticated\"").contains("\"id\":\"h\"");
            peer.text(RawPeer.HELLO);
            assertThat(peer.read().text()).contains("\"welcome\"");
        }
        assertThat(server.handler.requests).isEmpty();
    }

    @Test
    void whatFollowsAHelloBeingCheckedWaitsAndKeepsItsOrder() throws Exception {
        try (var peer = RawPeer.connect(server.address())) {
            var burst = new ByteArrayOutputStream();
            burst.writeBytes(text(RawPeer.HELLO.replace("good", "wait")));
            for (int i = 1; i <= 200; i++) {
                burst.writeBytes(text(
                        "{\"type\":\"read\",\"id\":\"%d\",\"conversation\":\"d.1.2\",\"seq\":%d}".formatted(i, i)));
            }
            peer.bytes(burst.toByteArray());
            var waiting = server.handler.waiting.poll(20, TimeUnit.SECONDS);
            assertThat(waiting).isNotNull();
            assertThat(server.handler.requests).isEmpty();
            waiting.connection().lane().execute(() -> server.handler.admit(waiting));
            assertThat(peer.read().text()).contains("\"welcome\"");
            for (int i = 1; i <= 200; i++) {
                assertThat(peer.read().text()).contains("\"id\":\"" + i + "\"");
            }
        }
        assertThat(server.handler.requests)
                .extracting(r -> r.command() instanceof Command.Read read ? read.seq() : 0)
                .isSorted()
                .hasSize(200);
    }

    @Test
    void aSecondHelloIsAConflictAndTheSessionGoesOn() throws Exception {
        try (var peer = RawPeer.session(server.address())) {
            peer.text(RawPeer.HELLO);
            assertThat(peer.read().text()).contains("\"conflict\"");
            peer.text("{\"type\":\"ping\",\"id\":\"1\"}");
            assertThat(peer.read().text()).contains("\"ok\"");
        }
    }

    @Test
    void tenMalformedInARowCloseAndNineDoNot() throws Exception {
        try (var peer = RawPeer.session(server.address())) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 9; i++) {
                    peer.text("{");
                    assertThat(peer.read().text()).contains("\"malformed\"");
                }
                peer.text("{\"type\":\"ping\",\"id\":\"1\"}");
                assertThat(peer.read().text()).contains("\"ok\"");
            }
            for (int i = 0; i < 10; i++) {
                peer.frame(true, RawPeer.BINARY, new byte[3]);
                assertThat(peer.read().text()).contains("\"malformed\"");
            }
            assertThat(peer.read().closeCode()).isEqualTo(1008);
            assertThat(peer.read().opcode()).isEqualTo(-1);
        }
        assertThat(server.stats.closed(CloseReason.MALFORMED)).isEqualTo(1);
        assertThat(server.stats.malformed()).isEqualTo(37);
    }

    @Test
    void invalidUtf8IsMalformed() throws Exception {
        try (var peer = RawPeer.session(server.address())) {
            peer.frame(true, RawPeer.TEXT, new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'});
            assertThat(peer.read().text()).contains("\"malformed\"");
        }
    }

    @Test
    void aMessageAtTheLimitIsServedAndALargerOneCloses1009() throws Exception {
        var ping = "{\"type\":\"ping\",\"id\":\"1\",\"x\":\"%s\"}";
        int room = 65_536 - ping.formatted("").length();
        try (var peer = RawPeer.session(server.address())) {
            peer.text(ping.formatted("y".repeat(room)));
            assertThat(peer.read().text()).contains("\"ok\"");
            peer.text(ping.formatted("y".repeat(room + 1)));
            assertThat(peer.read().closeCode()).isEqualTo(1009);
            assertThat(peer.read().opcode()).isEqualTo(-1);
        }
        assertThat(server.stats.closed(CloseReason.TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void fragmentsAreJoinedAroundPingsAndTogetherBounded() throws Exception {
        byte[] ping = bytes("{\"type\":\"ping\",\"id\":\"frag\"}");
        try (var peer = RawPeer.session(server.address())) {
            peer.frame(false, RawPeer.TEXT, java.util.Arrays.copyOf(ping, 5));
            peer.frame(true, RawPeer.PING, bytes("p"));
            for (int i = 5; i < ping.length; i++) {
                peer.frame(false, RawPeer.CONTINUATION, new byte[] {ping[i]});
            }
            peer.frame(true, RawPeer.CONTINUATION, new byte[0]);
            var pong = peer.read();
            assertThat(pong.opcode()).isEqualTo(RawPeer.PONG);
            assertThat(pong.text()).isEqualTo("p");
            assertThat(peer.read().text()).contains("\"id\":\"frag\"");

            peer.frame(false, RawPeer.TEXT, new byte[60_000]);
            peer.frame(true, RawPeer.CONTINUATION, new byte[6_000]);
            assertThat(peer.read().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aBrokenFrameCloses1002() throws Exception {
        try (var peer = RawPeer.session(server.address())) {
            peer.bytes(new byte[] {(byte) 0x81, 1, 'x'}); // not masked
            assertThat(peer.read().closeCode()).isEqualTo(1002);
        }
        assertThat(server.stats.closed(CloseReason.PROTOCOL_ERROR)).isEqualTo(1);
    }

    @Test
    void closeIsAnsweredAndTheHandlerLearnsItOnce() throws Exception {
        try (var peer = RawPeer.session(server.address())) {
            peer.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xE8});
            assertThat(peer.read().closeCode()).isEqualTo(1000);
            assertThat(peer.read().opcode()).isEqualTo(-1);
        }
        assertThat(server.handler.closed.poll(20, TimeUnit.SECONDS)).isSameAs(server.handler.opened.peek());
        TestGateway.await("no connection", () -> server.stats.connections() == 0);
        assertThat(server.handler.closed).isEmpty();
        assertThat(server.stats.sessions()).isZero();
    }

    @Test
    void byeWaitsForTheAnswersOfRequestsBeforeIt() throws Exception {
        server.handler.answering = false;
        try (var peer = RawPeer.session(server.address())) {
            peer.text("{\"type\":\"ping\",\"id\":\"1\"}");
            peer.text("{\"type\":\"bye\",\"id\":\"2\"}");
            TestGateway.await("the ping arrives", () -> !server.handler.unanswered.isEmpty());
            var session = server.handler.opened.element();
            session.connection()
                    .lane()
                    .execute(() -> server.handler.unanswered.remove().run());
            assertThat(peer.read().text()).contains("\"id\":\"1\"");
            assertThat(peer.read().text()).contains("\"ok\"").contains("\"id\":\"2\"");
            assertThat(peer.read().closeCode()).isEqualTo(1000);
        }
        assertThat(server.stats.closed(CloseReason.CLIENT)).isEqualTo(1);
    }

    @Test
    void aFaultOfTheHandlerIsInternalAndTheSessionLives() throws Exception {
        try (var peer = RawPeer.connect(server.address())) {
            peer.text(RawPeer.HELLO.replace("good", "throw"));
            assertThat(peer.read().text()).contains("\"internal\"");
            peer.text(RawPeer.HELLO);
            assertThat(peer.read().text()).contains("\"welcome\"");
            peer.text("{\"type\":\"recall\",\"id\":\"1\",\"conversation\":\"d.1.2\",\"seq\":1}");
            assertThat(peer.read().text()).contains("\"internal\"").contains("\"id\":\"1\"");
            peer.text("{\"type\":\"ping\",\"id\":\"2\"}");
            assertThat(peer.read().text()).contains("\"ok\"");
        }
    }

    @Test
    void oneAdmittedAfterItsSocketDiedIsClosedAtOnce() throws Exception {
        try (var peer = RawPeer.connect(server.address())) {
            peer.text(RawPeer.HELLO.replace("good", "wait"));
            TestGateway.await("hello arrives", () -> !server.handler.waiting.isEmpty());
            peer.socket.setSoLinger(true, 0);
        }
        // A paused connection does not read, so only a reset or the time-out tells it; the time-out is too long here.
        var waiting = server.handler.waiting.remove();
        TestGateway.await("the reset is noticed", () -> server.stats.connections() == 0);
        waiting.connection().lane().execute(() -> server.handler.admit(waiting));
        assertThat(server.handler.closed.poll(20, TimeUnit.SECONDS)).isSameAs(server.handler.opened.remove());
        assertThat(server.stats.sessions()).isZero();
    }

    @Test
    void theJdksClientIsServed() throws Exception {
        var pushed = new CompletableFuture<String>();
        var listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                if (data.toString().contains("\"typing\"")) {
                    pushed.complete(data.toString());
                }
                socket.request(1);
                return CompletableFuture.completedStage(null);
            }
        };
        try (var http = HttpClient.newHttpClient()) {
            var socket = http.newWebSocketBuilder()
                    .subprotocols("magpie.v1.json")
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.address().getPort() + "/ws"), listener)
                    .get(20, TimeUnit.SECONDS);
            assertThat(socket.getSubprotocol()).isEqualTo("magpie.v1.json");
            socket.sendText(RawPeer.HELLO, true).get(20, TimeUnit.SECONDS);
            var session = server.handler.opened.poll(20, TimeUnit.SECONDS);
            assertThat(session).isNotNull();
            var connection = session.connection();
            connection
                    .lane()
                    .execute(() ->
                            connection.push(new Event.Typing(FakeHandler.CONVERSATION, 2, true), Weight.EPHEMERAL));
            assertThat(pushed.get(20, TimeUnit.SECONDS)).contains("d.1.2");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
            assertThat(server.handler.closed.poll(20, TimeUnit.SECONDS)).isSameAs(session);
        }
    }

    private static byte[] text(String json) {
        return RawPeer.encode(true, RawPeer.TEXT, bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
