package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Session;
import io.magpie.core.session.Weight;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Socket.IO sessions that poll: admitted, limited, dismissed and cleaned up after like every other connection.
class SocketIoOverSocketTest {
    private static final ConversationId DIRECT = FakeHandler.CONVERSATION;

    private static Session session(TestGateway server) throws InterruptedException {
        var session = server.handler.opened.poll(30, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("nobody came");
        }
        return session;
    }

    private static void on(Connection connection, Runnable task) {
        var done = new CompletableFuture<Void>();
        connection.lane().execute(() -> {
            task.run();
            done.complete(null);
        });
        done.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void gone(TestGateway server) throws InterruptedException {
        TestGateway.await("all are gone", () -> server.stats.connections() == 0);
        assertThat(server.stats.sessions()).isZero();
        assertThat(server.stats.closed(CloseReason.FAULT)).isZero();
    }

    @Test
    void aPageIsAdmittedByItsTokenWhereverThatStands() throws Exception {
        try (var server = TestGateway.start();
                var inAuth = new PollingPage(server.address(), "");
                var inQuery = new PollingPage(server.address(), "&token=good")) {
            inAuth.say("40{\"token\":\"good\"}");
            assertThat(inAuth.hear("42[\"magpie\",{\"type\":\"welcome\"").getFirst())
                    .startsWith("40{\"sid\":\"");
            inQuery.say("40");
            assertThat(inQuery.hear("42[\"magpie\",{\"type\":\"welcome\"").getFirst())
                    .startsWith("40{\"sid\":\"");
            assertThat(server.stats.sessions()).isEqualTo(2);
        }
    }

    @Test
    void whoIsNotAdmittedHearsWhyAndMayTryAgain() throws Exception {
        try (var server = TestGateway.start();
                var page = new PollingPage(server.address(), "")) {
            page.say("40{\"token\":\"bad\"}");
            assertThat(page.poll())
                    .containsExactly("44{\"message\":\"token: wrong\",\"data\":{\"code\":\"unauthenticated\"}}");
            page.say("40");
            assertThat(page.poll().getFirst()).startsWith("44{\"message\":\"auth.token: missing");
            page.say("40{\"token\":\"good\"}");
            page.hear("42[\"magpie\",{\"type\":\"welcome\"");
        }
    }

    @Test
    void repliesAreAcknowledgementsAndBothProtocolsAreServed() throws Exception {
        try (var server = TestGateway.start();
                var page = PollingPage.admitted(server.address())) {
            page.say(
                    "420[\"magpie\",{\"type\":\"ping\",\"id\":\"mine\"}]",
                    "421[\"typing\",{\"targetId\":2,\"roomType\":1}]",
                    "422[\"nonsense\",{}]",
                    "42[\"magpie\",{\"type\":\"ping\",\"id\":\"pushed\"}]",
                    "42[\"magpie\",{\"type\":\"nonsense\"}]",
                    "423[\"leave_room\",{\"targetId\":7,\"roomType\":2}]");
            var heard = page.hear("433[");
            assertThat(heard)
                    .contains("430[{\"type\":\"ok\",\"id\":\"mine\"}]")
                    .contains("431[{\"success\":true,\"message\":\"ok\",\"data\":{}}]")
                    .contains("42[\"magpie\",{\"type\":\"ok\",\"id\":\"pushed\"}]")
                    .anyMatch(packet -> packet.startsWith("432[{\"success\":false,") && packet.contains("unsupported"))
                    .anyMatch(
                            packet -> packet.startsWith("42[\"magpie\",{\"type\":\"error\",\"code\":\"unsupported\""));
        }
    }

    @Test
    void aPushHasBothFormsUnlessThePageWantsOne() throws Exception {
        try (var server = TestGateway.start();
                var both = PollingPage.admitted(server.address());
                var dialect = new PollingPage(server.address(), "");
                var magpie = new PollingPage(server.address(), "")) {
            var first = session(server);
            dialect.say("40{\"token\":\"good\",\"pushes\":\"dialect\"}");
            dialect.hear("42[\"magpie\",{\"type\":\"welcome\"");
            magpie.say("40{\"token\":\"good\",\"pushes\":\"magpie\"}");
            magpie.hear("42[\"magpie\",{\"type\":\"welcome\"");
            var entry = new Event.EntryAdded(FakeHandler.entry(DIRECT, 1, 2));
            var lagging = new Event.Lagging(List.of());
            for (var connection : List.of(
                    first.connection(),
                    session(server).connection(),
                    session(server).connection())) {
                on(connection, () -> {
                    connection.push(entry, Weight.DIRECT);
                    connection.push(lagging, Weight.DIRECT);
                });
            }
            var last = "42[\"magpie\",{\"type\":\"lagging\"";
            assertThat(both.hear(last))
                    .satisfiesExactly(
                            p -> assertThat(p).startsWith("42[\"private_message\",{\"messageId\":\"d.1.2:1\""),
                            p -> assertThat(p).startsWith("42[\"magpie\",{\"type\":\"entry\""),
                            p -> assertThat(p).startsWith(last));
            assertThat(dialect.hear(last)).hasSize(2).first().asString().startsWith("42[\"private_message\"");
            assertThat(magpie.hear(last)).hasSize(2).first().asString().startsWith("42[\"magpie\",{\"type\":\"entry\"");
        }
    }

    @Test
    void aRoomThatWasLeftIsSilentUntilItIsJoined() throws Exception {
        try (var server = TestGateway.start();
                var page = PollingPage.admitted(server.address())) {
            var connection = session(server).connection();
            var typing = new Event.Typing(DIRECT, 2, true);
            page.say("420[\"leave_room\",{\"targetId\":2,\"roomType\":1}]");
            page.hear("430[");
            on(connection, () -> connection.push(typing, Weight.EPHEMERAL));
            page.say("421[\"join_room\",{\"targetId\":2,\"roomType\":1}]");
            assertThat(page.hear("431[")).hasSize(1);
            on(connection, () -> connection.push(typing, Weight.EPHEMERAL));
            assertThat(page.hear("42[\"user_typing\""))
                    .first()
                    .isEqualTo("42[\"user_typing\",{\"userId\":2,\"targetId\":2,\"roomType\":1}]");
        }
    }

    @Test
    void tenMalformedEventsInARowEndTheSession() throws Exception {
        try (var server = TestGateway.start();
                var page = PollingPage.admitted(server.address())) {
            for (int i = 0; i < Malformed.MAX_IN_ROW; i++) {
                page.say("42[\"send_message\",{\"toUserId\":" + -i + "}]");
            }
            assertThat(page.hear("41")).anyMatch(packet -> packet.contains("malformed"));
            TestGateway.await("closed", () -> server.stats.closed(CloseReason.MALFORMED) == 1);
        }
    }

    @Test
    void aPollerThatDoesNotComeCostsABoundedBufferAndIsToldWhatItMissed() throws Exception {
        var slow = new GatewaySettings.SlowReaders(4 << 10, 8 << 10, 16 << 10, 64 << 10, Duration.ofSeconds(60));
        try (var server = TestGateway.withSlowReaders(slow);
                var page = PollingPage.admitted(server.address())) {
            var connection = session(server).connection();
            on(connection, () -> {
                for (int seq = 1; seq <= 1_000; seq++) {
                    connection.push(new Event.EntryAdded(FakeHandler.entry(DIRECT, seq, 100)), Weight.DIRECT);
                }
            });
            assertThat(server.stats.dropped(Weight.DIRECT)).isGreaterThan(900);
            assertThat(server.stats.bytesOut()).isLessThan(32 << 10);
            assertThat(page.hear("42[\"magpie\",{\"type\":\"lagging\""))
                    .last()
                    .isEqualTo("42[\"magpie\",{\"type\":\"lagging\",\"conversations\":[\"d.1.2\"]}]");
        }
    }

    @Test
    void aPollerThatIsGoneForTooLongIsClosedSlow() throws Exception {
        var slow = new GatewaySettings.SlowReaders(4 << 10, 8 << 10, 16 << 10, 64 << 10, Duration.ofMillis(300));
        try (var server = TestGateway.withSlowReaders(slow);
                var page = PollingPage.admitted(server.address())) {
            var session = session(server);
            var connection = session.connection();
            on(connection, () -> {
                for (int seq = 1; seq <= 100; seq++) {
                    connection.push(new Event.EntryAdded(FakeHandler.entry(DIRECT, seq, 200)), Weight.DIRECT);
                }
            });
            assertThat(server.handler.closed.poll(30, TimeUnit.SECONDS)).isSameAs(session);
            assertThat(server.stats.closed(CloseReason.SLOW)).isEqualTo(1);
            assertThat(page.poll()).isNotEmpty();
        }
    }

    @Test
    void aPollerThatHangsUpEndsItsSession() throws Exception {
        try (var server = TestGateway.start()) {
            var page = PollingPage.admitted(server.address());
            var session = session(server);
            var poll = Thread.ofVirtual()
                    .start(() -> assertThatThrownBy(page::poll).isNotNull());
            Thread.sleep(100);
            page.close();
            poll.join();
            assertThat(server.handler.closed.poll(30, TimeUnit.SECONDS)).isSameAs(session);
            gone(server);
        }
    }

    @Test
    void aPageThatLeavesIsGone() throws Exception {
        try (var server = TestGateway.start();
                var page = PollingPage.admitted(server.address())) {
            var session = session(server);
            page.say("41");
            assertThat(server.handler.closed.poll(30, TimeUnit.SECONDS)).isSameAs(session);
            TestGateway.await("left", () -> server.stats.closed(CloseReason.CLIENT) == 1);
        }
    }

    @Test
    void whoSaysNoHelloIsClosedInTime() throws Exception {
        try (var server = TestGateway.withLiveness(l -> new GatewaySettings.Liveness(
                        l.heartbeat(),
                        Duration.ofMillis(300),
                        l.ackTimeout(),
                        l.probeAnswer(),
                        Duration.ofMillis(300)));
                var page = new PollingPage(server.address(), "")) {
            TestGateway.await("closed", () -> server.stats.closed(CloseReason.HELLO_TIMEOUT) == 1);
            assertThat(page.poll().getLast()).isIn("1", "400");
        }
    }

    @Test
    void aDrainSaysByeToPollers() throws Exception {
        try (var server = TestGateway.start();
                var page = PollingPage.admitted(server.address())) {
            var drain = Thread.ofVirtual().start(() -> server.gateway.drain(Duration.ofSeconds(4), () -> null));
            var heard = page.hear("42[\"magpie\",{\"type\":\"bye\"");
            assertThat(heard).anyMatch(packet -> packet.contains("draining"));
            // A page is not told to stay away: it is to come back elsewhere.
            assertThat(heard).doesNotContain("41");
            drain.join();
            assertThat(server.stats.sessions()).isZero();
        }
    }

    @Test
    void sessionsAreLimited() throws Exception {
        try (var server = TestGateway.withAdmission(2, Set.of());
                var first = PollingPage.admitted(server.address());
                var second = PollingPage.admitted(server.address())) {
            assertThatThrownBy(() -> new PollingPage(server.address(), "")).hasMessageContaining("503");
            assertThat(first.say("420[\"magpie\",{\"type\":\"ping\"}]")).isEqualTo(200);
            assertThat(second.say("420[\"magpie\",{\"type\":\"ping\"}]")).isEqualTo(200);
        }
    }

    /// What is counted is given back, also for requests that end in the middle.
    @Test
    void requestsThatEndInTheMiddleCostNoSession() throws Exception {
        try (var server = TestGateway.withAdmission(3, Set.of())) {
            for (int i = 0; i < 20; i++) {
                try (var socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
                    socket.getOutputStream()
                            .write(
                                    "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"
                                            .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                }
            }
            TestGateway.await("all are gone", () -> server.stats.connections() == 0);
            try (var page = PollingPage.admitted(server.address())) {
                assertThat(page.say("41")).isEqualTo(200);
            }
        }
    }

    @Test
    void otherOriginsThanThoseAllowedAreForbidden() throws Exception {
        try (var server = TestGateway.withAdmission(9, Set.of("https://chat.example"));
                var http = HttpClient.newHttpClient()) {
            var address = URI.create(
                    "http://127.0.0.1:" + server.address().getPort() + "/socket.io/?EIO=4&transport=polling");
            for (var origin : List.of("https://chat.example", "https://evil.example")) {
                var answer = http.send(
                        HttpRequest.newBuilder(address).header("Origin", origin).build(),
                        HttpResponse.BodyHandlers.ofString());
                boolean allowed = origin.contains("chat");
                assertThat(answer.statusCode()).isEqualTo(allowed ? 200 : 403);
                assertThat(answer.body()).contains(allowed ? "\"sid\"" : "{\"code\":4,\"message\":\"Forbidden\"}");
            }
        }
    }
}
