package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// F34: a socket is never released; each PONG starts a timer; memory grows.
class F34ConnectionChurnTest {
    private static final int ROUNDS = 2400;

    @Test
    void everyWayToComeAndGoLeavesNothingBehind() throws Exception {
        try (var server = TestGateway.start()) {
            int sessions = 0;
            for (int i = 0; i < ROUNDS; i++) {
                switch (i % 6) {
                    case 0 -> new RawPeer(server.address(), 0).close();
                    case 1 -> RawPeer.connect(server.address()).close();
                    case 2 -> reset(RawPeer.session(server.address()));
                    case 3 -> halfAFrame(RawPeer.session(server.address()));
                    case 4 -> politely(RawPeer.session(server.address()));
                    default -> reset(helloAndAway(server));
                }
                sessions += i % 6 >= 2 && i % 6 <= 4 ? 1 : 0;
            }
            int admitted = sessions;
            TestGateway.await("no connection is left", () -> server.stats.connections() == 0);
            TestGateway.await("every session was closed", () -> server.handler.closed.size() >= admitted);
            TestGateway.await(
                    "exactly those opened", () -> server.handler.closed.size() == server.handler.opened.size());
            assertThat(server.handler.closed).doesNotHaveDuplicates().containsAll(server.handler.opened);
            assertThat(server.stats.sessions()).isZero();
            assertThat(server.stats.accepted()).isEqualTo(ROUNDS);
            long ended = 0;
            for (var reason : CloseReason.values()) {
                ended += server.stats.closed(reason);
            }
            assertThat(ended).isEqualTo(ROUNDS);
        }
    }

    private static void reset(RawPeer peer) throws Exception {
        peer.socket.setSoLinger(true, 0);
        peer.close();
    }

    private static void halfAFrame(RawPeer peer) throws Exception {
        peer.frame(false, RawPeer.TEXT, new byte[100]);
        peer.bytes(new byte[] {(byte) 0x80, (byte) 0x85, 1});
        peer.close();
    }

    private static void politely(RawPeer peer) throws Exception {
        peer.text("{\"type\":\"bye\",\"id\":\"1\"}");
        assertThat(peer.read().text()).contains("\"ok\"");
        assertThat(peer.read().closeCode()).isEqualTo(1000);
        peer.close();
    }

    private static RawPeer helloAndAway(TestGateway server) throws Exception {
        var peer = RawPeer.connect(server.address());
        peer.text(RawPeer.HELLO);
        return peer;
    }

    @Test
    void aFloodOfPongsStartsNothing() throws Exception {
        try (var server = TestGateway.start();
                var peer = RawPeer.session(server.address())) {
            byte[] pong = RawPeer.encode(true, RawPeer.PONG, "x".repeat(100).getBytes(StandardCharsets.US_ASCII));
            byte[] burst = new byte[pong.length * 500];
            for (int i = 0; i < 500; i++) {
                System.arraycopy(pong, 0, burst, i * pong.length, pong.length);
            }
            long before = usedHeap();
            for (int i = 0; i < 200; i++) {
                peer.bytes(burst);
            }
            peer.text("{\"type\":\"ping\",\"id\":\"1\"}");
            assertThat(peer.read().text()).contains("\"ok\"");
            assertThat(server.stats.framesIn()).isEqualTo(2);
            // 100,000 timers would hold some 10 MB.
            assertThat(usedHeap() - before).isLessThan(5 << 20);
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
