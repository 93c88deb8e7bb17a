package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// 100,000 frames that are wrong, or nearly: each gets what the protocol promises, and the server serves on.
class HostileFramesTest {
    private static final int CONNECTIONS = 4;
    private static final int FRAMES = 28_000;
    private static final int BROKEN_STREAMS = 400;
    private static final String PING = "{\"type\":\"ping\",\"id\":\"alive\"}";
    private static final List<String> SEEDS = List.of(
            PING,
            RawPeer.HELLO,
            "{\"type\":\"send\",\"id\":\"1\",\"conversation\":\"d.1.2\",\"clientId\":\"c\",\"content\":{\"kind\":\"text\",\"text\":\"hi\"}}",
            "{\"type\":\"history\",\"id\":\"2\",\"conversation\":\"g.7\",\"after\":0,\"limit\":50}",
            "{\"type\":\"presence\",\"id\":\"3\",\"users\":[1,2,3]}",
            "{\"type\":\"sync\",\"id\":\"4\",\"since\":0}",
            "[".repeat(1000),
            "{\"a\":".repeat(200),
            "{\"type\":\"read\",\"id\":\"5\",\"conversation\":\"d.1.2\",\"seq\":1e999999}",
            "{\"type\":\"read\",\"id\":\"6\",\"conversation\":\"d.1.2\",\"seq\":-1}",
            "{\"type\":7,\"id\":{}}",
            "null",
            "");

    @Test
    void everyFrameIsAnsweredAndTheServerServesOn() throws Exception {
        try (var server = TestGateway.start();
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int seed = i;
                work.add(() -> mutatedFrames(server, new Random(seed), FRAMES));
            }
            int answered = 0;
            for (Future<Integer> one : pool.invokeAll(work)) {
                answered += one.get();
            }
            // Every frame was either refused with an error or understood; none was swallowed.
            assertThat(answered + server.handler.requests.size() + CONNECTIONS)
                    .isEqualTo((int) server.stats.framesIn());
            assertThat(answered).isGreaterThan(CONNECTIONS * FRAMES / 2);
            servesOn(server);
        }
    }

    private static void servesOn(TestGateway server) throws Exception {
        try (var peer = RawPeer.session(server.address())) {
            peer.text(PING);
            assertThat(peer.read().text()).contains("\"ok\"");
        }
        TestGateway.await("all are gone", () -> server.stats.connections() == 0);
        assertThat(server.stats.closed(CloseReason.FAULT)).isZero();
    }

    @Test
    void bytesThatAreNoFramesEndTheConnectionAndNothingElse() throws Exception {
        try (var server = TestGateway.start()) {
            brokenStreams(server, new Random(99));
            servesOn(server);
        }
    }

    /// Mutated frames, each followed by a good one: the answer to that proves that the frame before was dealt with,
    /// and that the connection lives.
    private static int mutatedFrames(TestGateway server, Random random, int count) throws IOException {
        int errors = 0;
        try (var peer = RawPeer.session(server.address())) {
            var batch = new ByteArrayOutputStream();
            for (int i = 0; i < count; i += 10) {
                batch.reset();
                for (int k = 0; k < 5; k++) {
                    batch.writeBytes(RawPeer.encode(
                            true, random.nextInt(20) == 0 ? RawPeer.BINARY : RawPeer.TEXT, mutated(random)));
                }
                var marker = "m" + i;
                batch.writeBytes(RawPeer.encode(
                        true, RawPeer.TEXT, PING.replace("alive", marker).getBytes(StandardCharsets.UTF_8)));
                for (int k = 0; k < 4; k++) {
                    batch.writeBytes(RawPeer.encode(true, RawPeer.TEXT, mutated(random)));
                }
                batch.writeBytes(RawPeer.encode(true, RawPeer.TEXT, PING.getBytes(StandardCharsets.UTF_8)));
                peer.bytes(batch.toByteArray());
                errors += untilAnswered(peer, marker);
                errors += untilAnswered(peer, "alive");
            }
        }
        return errors;
    }

    private static int untilAnswered(RawPeer peer, String id) throws IOException {
        for (int errors = 0; ; ) {
            var frame = peer.read();
            assertThat(frame.opcode()).as(frame.text()).isEqualTo(RawPeer.TEXT);
            if (frame.text().contains("\"id\":\"" + id + "\"") && frame.text().contains("\"ok\"")) {
                return errors;
            }
            errors += frame.text().contains("\"error\"") ? 1 : 0;
        }
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
        }
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        // A mutation may by chance be a good bye, which would rightly end the connection.
        return new String(bytes, StandardCharsets.ISO_8859_1).contains("bye") ? new byte[0] : bytes;
    }

    /// Bytes that are no frames at all: the connection ends, before or after the handshake, and nothing else does.
    private static void brokenStreams(TestGateway server, Random random) throws IOException {
        for (int i = 0; i < BROKEN_STREAMS; i++) {
            byte[] junk = new byte[1 + random.nextInt(2000)];
            random.nextBytes(junk);
            try (var peer = i % 4 == 0 ? new RawPeer(server.address(), 0) : RawPeer.connect(server.address())) {
                if (i % 4 == 2) {
                    peer.text(RawPeer.HELLO);
                }
                peer.bytes(junk);
                peer.socket.shutdownOutput();
                while (peer.read().opcode() != -1) {
                    // until the server has closed
                }
            }
        }
    }
}
