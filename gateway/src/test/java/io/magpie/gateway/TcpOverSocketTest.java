package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import io.magpie.core.command.Event;
import io.magpie.core.session.Session;
import io.magpie.core.session.Weight;
import io.magpie.protocol.v1.Code;
import io.magpie.protocol.v1.Frame;
import io.magpie.protocol.v1.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The TCP port as its clients see it: the promises are those of the WebSocket.
class TcpOverSocketTest {
    @Test
    void aConversation() throws Exception {
        try (var server = TestGateway.start();
                var peer = TcpPeer.connect(server.gateway.tcpAddress())) {
            peer.say("id:'0' ping{}");
            assertThat(peer.read().getError().getCode()).isEqualTo(Code.CODE_UNAUTHENTICATED);
            peer.say(TcpPeer.HELLO);
            assertThat(peer.read().getWelcome().getUserId()).isEqualTo(1);
            peer.say("id:'1' typing{conversation:'g.1' active:true}");
            assertThat(peer.read()).isEqualTo(frame("id:'1' ok{}"));
            Session session = server.handler.opened.take();
            session.connection()
                    .lane()
                    .execute(() -> session.connection()
                            .push(new Event.Typing(FakeHandler.CONVERSATION, 2, true), Weight.DIRECT));
            assertThat(peer.read()).isEqualTo(frame("typing_push{conversation:'d.1.2' user:2 active:true}"));
            peer.say("id:'2' bye{}");
            assertThat(peer.read()).isEqualTo(frame("id:'2' ok{}"));
            assertThat(peer.ended()).isTrue();
            assertThat(server.stats.closed(CloseReason.CLIENT)).isEqualTo(1);
        }
    }

    @Test
    void malformedFramesAreAnsweredAndTenInARowClose() throws Exception {
        try (var server = TestGateway.start();
                var peer = TcpPeer.session(server.gateway.tcpAddress())) {
            byte[] broken = {1, (byte) 0xFF};
            for (int i = 0; i < 9; i++) {
                peer.bytes(broken);
                assertThat(peer.read().getError().getCode()).isEqualTo(Code.CODE_MALFORMED);
            }
            peer.say("id:'1' ping{}");
            assertThat(peer.read().hasOk()).isTrue();
            for (int i = 0; i < 10; i++) {
                peer.bytes(broken);
                assertThat(peer.read().getError().getMessage()).startsWith("frame: not protobuf");
            }
            assertThat(peer.ended()).isTrue();
            assertThat(server.stats.closed(CloseReason.MALFORMED)).isEqualTo(1);
        }
    }

    @Test
    void aFrameTooLargeIsAnsweredAndCloses() throws Exception {
        try (var server = TestGateway.start();
                var peer = TcpPeer.session(server.gateway.tcpAddress())) {
            peer.bytes(TcpPeer.framed(new byte[(64 << 10) + 1]));
            assertThat(peer.read().getError().getCode()).isEqualTo(Code.CODE_TOO_LARGE);
            assertThat(peer.ended()).isTrue();
        }
    }

    @Test
    void whoeverSaysNoHelloIsClosed() throws Exception {
        try (var server = TestGateway.withLiveness(l -> new GatewaySettings.Liveness(
                        l.heartbeat(), Duration.ofMillis(200), l.ackTimeout(), l.probeAnswer(), l.closeGrace()));
                var peer = TcpPeer.connect(server.gateway.tcpAddress())) {
            assertThat(peer.ended()).isTrue();
            assertThat(server.stats.closed(CloseReason.HELLO_TIMEOUT)).isEqualTo(1);
        }
    }

    @Test
    void aProbeIsAPingThatAnyFrameAnswers() throws Exception {
        try (var server = TestGateway.withLiveness(l -> new GatewaySettings.Liveness(
                        l.heartbeat(),
                        l.helloTimeout(),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        l.closeGrace()));
                var peer = TcpPeer.session(server.gateway.tcpAddress())) {
            Session session = server.handler.opened.take();
            session.connection()
                    .lane()
                    .execute(() -> session.connection()
                            .push(
                                    new Event.EntryAdded(FakeHandler.entry(FakeHandler.CONVERSATION, 1, 3)),
                                    Weight.DIRECT));
            assertThat(peer.read().getEntry().getSeq()).isEqualTo(1);
            assertThat(peer.read().hasPingPush()).isTrue();
            peer.say("ping{}");
            assertThat(peer.read().hasPingPush()).as("probed again, not closed").isTrue();
            assertThat(peer.read().getByePush().getReason()).isEqualTo(Reason.REASON_IDLE);
            assertThat(peer.ended()).isTrue();
        }
    }

    @Test
    void connectionsOfBothPortsAreCountedTogether() throws Exception {
        try (var server = TestGateway.withAdmission(2, Set.of());
                var first = RawPeer.session(server.address());
                var second = TcpPeer.session(server.gateway.tcpAddress())) {
            try (var third = TcpPeer.connect(server.gateway.tcpAddress())) {
                assertThat(third.read().getError().getCode()).isEqualTo(Code.CODE_UNAVAILABLE);
                assertThat(third.ended()).isTrue();
            }
            second.say("id:'1' ping{}");
            assertThat(second.read().hasOk()).isTrue();
            first.socket.close();
            TestGateway.await("there is room", () -> server.stats.connections() == 1);
            TcpPeer.session(server.gateway.tcpAddress()).close();
        }
    }

    @Test
    void drainingSaysBye() throws Exception {
        try (var server = TestGateway.start();
                var peer = TcpPeer.session(server.gateway.tcpAddress())) {
            server.gateway.drain(Duration.ofSeconds(2), () -> null);
            var bye = peer.read().getByePush();
            assertThat(bye.getReason()).isEqualTo(Reason.REASON_DRAINING);
            assertThat(bye.getReconnectAfterMs()).isPositive();
            assertThat(peer.ended()).isTrue();
        }
    }

    @Test
    void noiseDoesNoHarm() throws Exception {
        var random = new SplittableRandom(21);
        try (var server = TestGateway.start()) {
            for (int i = 0; i < 300; i++) {
                try (var peer = TcpPeer.connect(server.gateway.tcpAddress())) {
                    byte[] noise = new byte[random.nextInt(1, 4000)];
                    random.nextBytes(noise);
                    peer.bytes(noise);
                    peer.socket.shutdownOutput();
                    for (var answer = peer.next(); answer != null; answer = peer.next()) {
                        assertThat(answer.hasError()).isTrue();
                    }
                }
            }
            TestGateway.await("all have left", () -> server.stats.connections() == 0);
            TcpPeer.session(server.gateway.tcpAddress()).close();
        }
    }

    private static Frame frame(String text) throws Exception {
        return TextFormat.parse(text, Frame.class);
    }
}
