package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Event;
import io.magpie.core.session.Weight;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void whoDoesNotSayHelloIsClosed() throws Exception {
        try (var server = TestGateway.withLiveness(d ->
                        new GatewaySettings.Liveness(LONG, Duration.ofSeconds(2), LONG, LONG, Duration.ofSeconds(1)));
                var silent = new RawPeer(server.address(), 0);
                var upgraded = RawPeer.connect(server.address())) {
            upgraded.text(RawPeer.HELLO.replace("good", "wait"));
            assertThat(silent.rest()).isEmpty();
            assertThat(upgraded.read().closeCode()).isEqualTo(1008);
            assertThat(server.stats.closed(CloseReason.HELLO_TIMEOUT)).isEqualTo(2);
            // The answer comes too late, and whoever it admits is closed at once.
            var waiting = server.handler.waiting.remove();
            waiting.connection().lane().execute(() -> server.handler.admit(waiting));
            TestGateway.await("closed", () -> server.handler.closed.size() == 1);
        }
    }

    @Test
    void aSilentSessionIsClosedAndOneThatPingsIsNot() throws Exception {
        try (var server = TestGateway.withLiveness(d -> new GatewaySettings.Liveness(
                        Duration.ofMillis(1500), LONG, LONG, LONG, Duration.ofSeconds(1)));
                var silent = RawPeer.session(server.address());
                var alive = RawPeer.session(server.address())) {
            while (server.stats.closed(CloseReason.IDLE) == 0) {
                alive.frame(true, RawPeer.PONG, new byte[0]);
                Thread.sleep(50);
            }
            assertThat(silent.read().text()).contains("\"bye\"").contains("\"idle\"");
            assertThat(silent.read().closeCode()).isEqualTo(1001);
            assertThat(silent.read().opcode()).isEqualTo(-1);
            alive.text("{\"type\":\"ping\",\"id\":\"1\"}");
            assertThat(alive.read().text()).contains("\"ok\"");
        }
    }

    private static TestGateway probing(Duration answerWithin) throws Exception {
        return TestGateway.withLiveness(d ->
                new GatewaySettings.Liveness(LONG, LONG, Duration.ofMillis(200), answerWithin, Duration.ofSeconds(1)));
    }

    private static void push(TestGateway server, long seq) {
        var connection = server.handler.opened.element().connection();
        var event = new Event.EntryAdded(FakeHandler.entry(FakeHandler.CONVERSATION, seq, 10));
        connection.lane().execute(() -> connection.push(event, Weight.DIRECT));
    }

    @Test
    void aPeerThatNeitherAcknowledgesNorAnswersTheProbeIsClosed() throws Exception {
        try (var server = probing(Duration.ofMillis(500));
                var peer = RawPeer.session(server.address())) {
            push(server, 1);
            assertThat(peer.read().text()).contains("\"entry\"");
            assertThat(peer.read().opcode()).isEqualTo(RawPeer.PING);
            assertThat(peer.read().text()).contains("\"idle\"");
            assertThat(server.stats.closed(CloseReason.IDLE)).isEqualTo(1);
            TestGateway.await("the handler learns it", () -> server.handler.closed.size() == 1);
        }
    }

    @Test
    void aPeerThatAnswersProbesLivesAndIsProbedAgain() throws Exception {
        try (var server = probing(Duration.ofSeconds(10));
                var peer = RawPeer.session(server.address())) {
            push(server, 1);
            for (int i = 0; i < 3; i++) {
                assertThat(peer.read(RawPeer.PING).opcode()).isEqualTo(RawPeer.PING);
                peer.frame(true, RawPeer.PONG, new byte[0]);
            }
            peer.text("{\"type\":\"received\",\"id\":\"1\",\"conversation\":\"d.1.2\",\"seq\":1}");
            assertThat(peer.read(RawPeer.TEXT).text()).contains("\"ok\"");
            long probes = server.stats.probes();
            Thread.sleep(500);
            assertThat(server.stats.probes()).isEqualTo(probes);
            assertThat(server.stats.sessions()).isEqualTo(1);
        }
    }
}
