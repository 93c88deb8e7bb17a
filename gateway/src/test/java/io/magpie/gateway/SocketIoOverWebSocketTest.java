package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.command.Event;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Socket.IO sessions on a WebSocket: the limits are those of every connection.
class SocketIoOverWebSocketTest {
    private static final int SMALL_BUFFER = 4096;
    private static final Duration LONG = Duration.ofSeconds(60);

    private static GatewaySettings.SlowReaders patientFor(Duration slowClose) {
        return new GatewaySettings.SlowReaders(64 << 10, 128 << 10, 256 << 10, 1 << 20, slowClose);
    }

    private static Connection connection(TestGateway server) throws InterruptedException {
        var session = server.handler.opened.poll(30, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        return session.connection();
    }

    /// Pushes 2 MB at a time until something was dropped: the system's own buffers take a few.
    private static void pushUntilItIsTooMuch(TestGateway server, Connection connection) {
        while (server.stats.dropped(Weight.DIRECT) == 0) {
            var done = new CompletableFuture<Void>();
            connection.lane().execute(() -> {
                for (int seq = 1; seq <= 2_000; seq++) {
                    var entry = FakeHandler.entry(FakeHandler.CONVERSATION, seq, 1000);
                    connection.push(new Event.EntryAdded(entry), Weight.DIRECT);
                }
                done.complete(null);
            });
            done.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void aSlowReaderCostsABoundedAmountAndIsToldOnceWhatItMissed() throws Exception {
        try (var server = TestGateway.withSlowReaders(patientFor(LONG));
                var page = SocketIoPeer.admitted(server.address(), SMALL_BUFFER)) {
            var connection = connection(server);
            pushUntilItIsTooMuch(server, connection);
            long written = server.stats.bytesOut();
            pushUntilItIsTooMuch(server, connection);
            assertThat(server.stats.bytesOut()).isLessThan(written + (1 << 20)).isLessThan(20L << 20);
            assertThat(server.stats.lagging()).isEqualTo(1);
            assertThat(page.hear("42[\"magpie\",{\"type\":\"lagging\"").getLast())
                    .isEqualTo("42[\"magpie\",{\"type\":\"lagging\",\"conversations\":[\"d.1.2\"]}]");
            assertThat(server.stats.lagging()).isZero();
            page.say("421[\"magpie\",{\"type\":\"ping\"}]");
            assertThat(page.hear("431[")).noneMatch(packet -> packet.contains("lagging"));
        }
    }

    @Test
    void stuckForTooLongItIsClosedSlow() throws Exception {
        try (var server = TestGateway.withSlowReaders(patientFor(Duration.ofMillis(300)));
                var _ = SocketIoPeer.admitted(server.address(), SMALL_BUFFER)) {
            pushUntilItIsTooMuch(server, connection(server));
            TestGateway.await("closed slow", () -> server.stats.closed(CloseReason.SLOW) == 1);
            TestGateway.await("its socket is gone, too", () -> server.stats.connections() == 0);
            TestGateway.await("the handler learns it", () -> server.handler.closed.size() == 1);
        }
    }

    private static TestGateway beating(Duration heartbeat, Duration acknowledgedWithin) throws Exception {
        return TestGateway.withLiveness(d -> new GatewaySettings.Liveness(
                heartbeat, LONG, acknowledgedWithin, Duration.ofMillis(500), Duration.ofSeconds(1)));
    }

    @Test
    void whoAnswersNoHeartbeatIsClosedAndWhoDoesIsNot() throws Exception {
        try (var server = beating(Duration.ofMillis(1200), LONG);
                var silent = SocketIoPeer.admitted(server.address(), 0);
                var alive = SocketIoPeer.admitted(server.address(), 0)) {
            var first = connection(server);
            assertThat(first).isNotNull();
            for (int i = 0; i < 3; i++) {
                assertThat(alive.hear("2")).hasSize(1);
                alive.say("3");
            }
            TestGateway.await("the silent one is gone", () -> server.stats.sessions() == 1);
            assertThat(silent.read().text()).isEqualTo("2");
            alive.say("421[\"magpie\",{\"type\":\"ping\"}]");
            alive.hear("431[");
        }
    }

    @Test
    void whoNeitherAcknowledgesAPushNorAnswersTheProbeIsClosedIdle() throws Exception {
        try (var server = beating(LONG, Duration.ofMillis(200));
                var page = SocketIoPeer.admitted(server.address(), 0)) {
            var connection = connection(server);
            var entry = new Event.EntryAdded(FakeHandler.entry(FakeHandler.CONVERSATION, 1, 10));
            connection.lane().execute(() -> connection.push(entry, Weight.DIRECT));
            // The probe is the ping that stock clients answer by themselves.
            page.hear("2");
            page.say("3");
            page.hear("2");
            assertThat(page.hear("42[\"magpie\",{\"type\":\"bye\"").getLast()).contains("idle");
            assertThat(server.stats.closed(CloseReason.IDLE)).isEqualTo(1);
            assertThat(server.stats.probes()).isGreaterThanOrEqualTo(2);
        }
    }

    /// What a session held is given back without its client's doing anything.
    @Test
    void pollersThatStayAwayAreForgotten() throws Exception {
        try (var server = beating(Duration.ofMillis(1200), LONG)) {
            List<PollingPage> pages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                pages.add(PollingPage.admitted(server.address()));
            }
            assertThat(server.stats.accepted()).isGreaterThanOrEqualTo(20);
            TestGateway.await("all are gone", () -> server.handler.closed.size() == 20);
            assertThat(server.stats.sessions()).isZero();
            for (var page : pages) {
                assertThat(page.poll()).isEqualTo(List.of("400"));
                page.close();
            }
            TestGateway.await("their sockets as well", () -> server.stats.connections() == 0);
        }
    }

    @Test
    void aDrainSaysByeAndDoesNotTellThePageToStayAway() throws Exception {
        try (var server = TestGateway.start()) {
            var page = SocketIoPeer.admitted(server.address(), 0);
            var drain = Thread.ofVirtual().start(() -> server.gateway.drain(Duration.ofSeconds(4), () -> null));
            assertThat(page.hear("42[\"magpie\",{\"type\":\"bye\"").getLast())
                    .contains("draining")
                    .contains("reconnectAfterMs");
            assertThat(page.read().closeCode()).isEqualTo(1000);
            page.close();
            drain.join();
            assertThat(server.stats.sessions()).isZero();
            TestGateway.await("its socket is gone, too", () -> server.stats.connections() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://good.example, 101", "https://bad.example, 403", "null, 403"})
    void onlyOriginsOnTheListMayConnect(String origin, int status) throws Exception {
        try (var server = TestGateway.withAdmission(100, Set.of("https://good.example"));
                var browser = new RawPeer(server.address(), 0)) {
            assertThat(browser.request(SocketIoPeer.OPENING, RawPeer.upgradeHeaders() + "Origin: " + origin + "\n"))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void sessionsAreLimited() throws Exception {
        try (var server = TestGateway.withAdmission(2, Set.of());
                var first = SocketIoPeer.admitted(server.address(), 0);
                var second = SocketIoPeer.admitted(server.address(), 0)) {
            assertThatThrownBy(() -> new SocketIoPeer(server.address(), 0)).hasMessageContaining(" 503 ");
            for (var page : List.of(first, second)) {
                page.say("420[\"magpie\",{\"type\":\"ping\"}]");
                page.hear("430[");
            }
        }
    }

    @Test
    void aFrameAtTheLimitIsServedAndALargerOneEndsTheSession() throws Exception {
        try (var server = TestGateway.start();
                var page = SocketIoPeer.admitted(server.address(), 0)) {
            int limit = TestGateway.settings().maxFrameBytes();
            var packet = "421[\"magpie\",{\"type\":\"ping\"}]";
            page.say(packet + " ".repeat(limit - packet.length()));
            page.hear("431[");
            page.say(packet + " ".repeat(limit + 1 - packet.length()));
            assertThat(page.read().closeCode()).isEqualTo(1009);
            TestGateway.await("the handler learns it", () -> server.handler.closed.size() == 1);
        }
    }

    @Test
    void tenMalformedEventsInARowEndTheSession() throws Exception {
        try (var server = TestGateway.start();
                var page = SocketIoPeer.admitted(server.address(), 0)) {
            for (int i = 0; i < Malformed.MAX_IN_ROW; i++) {
                page.say("42[\"send_message\",{\"toUserId\":" + -i + "}]");
            }
            assertThat(page.hear("41")).anyMatch(packet -> packet.contains("malformed"));
            TestGateway.await("closed", () -> server.stats.closed(CloseReason.MALFORMED) == 1);
        }
    }
}
