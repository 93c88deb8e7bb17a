package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.e2e.harness.ProcessState;
import io.magpie.e2e.harness.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections come and go in every way there is; what they cost is given back.
class ChurnIT {
    private static final int CONNECTS = 100_000;
    private static final int WARM_UP = 5_000;
    private static final int AT_ONCE = 16;
    private static final int PONGS = 1_000_000;
    private static final long SLACK_BYTES = 12L << 20;
    private static final int SLACK_HANDLES = 20;

    @TempDir
    Path folder;

    @Test
    void f34_aHundredThousandConnectsAndAFloodOfPongsLeaveNothingBehind() throws Exception {
        try (var node = Node.started(folder)) {
            churn(node, WARM_UP);
            flood(node, PONGS / 20);
            var before = ProcessState.settled(node, 0);

            churn(node, CONNECTS);
            flood(node, PONGS);

            var after = ProcessState.settled(node, 0);
            assertThat(after.heapBytes())
                    .as("%s, before: %s", after, before)
                    .isLessThan(before.heapBytes() + SLACK_BYTES);
            assertThat(after.files()).isLessThan(before.files() + SLACK_HANDLES);
            assertThat(after.threads()).isLessThan(before.threads() + SLACK_HANDLES);
            try (var person = Person.of(node, "f34-after")) {
                assertThat(person.say(Conversations.direct(person, person), "Still here"))
                        .isEqualTo(1);
            }
            assertThat(node.errors()).isEmpty();
        }
    }

    private static void churn(Node node, int connects) throws Exception {
        try (var threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().name("churn-", 0).factory())) {
            List<Future<Integer>> parts = new ArrayList<>();
            for (int part = 0; part < AT_ONCE; part++) {
                parts.add(threads.submit(visits(node, part, connects / AT_ONCE)));
            }
            int done = 0;
            for (var part : parts) {
                done += part.get();
            }
            assertThat(done).isEqualTo(connects / AT_ONCE * AT_ONCE);
        }
    }

    private static Callable<Integer> visits(Node node, int part, int count) {
        Address address = node.realtime();
        byte[] handshake = Wire.handshake(address);
        byte[] hello = """
                {"type":"hello","id":"h","token":"%s","device":{"id":"churn","platform":"bot"}}""".formatted(node.token("f34-" + part)).getBytes(StandardCharsets.UTF_8);
        return () -> {
            for (int i = 0; i < count; i++) {
                var wire = Wire.dial(address);
                wire.patience((int) Person.PATIENCE.toMillis());
                try {
                    visit(wire, i % 20, handshake, hello);
                } finally {
                    wire.abort();
                }
            }
            return count;
        };
    }

    /// Who waits for a welcome waits for those before as well, so no more logins are under way than a few per thread.
    private static void visit(Wire wire, int way, byte[] handshake, byte[] hello) throws IOException {
        switch (way) {
            case 0, 1 -> {
                // Connected and gone.
            }
            case 2, 3 -> wire.raw("GET /ws HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            case 4 -> wire.raw(handshake);
            case 5, 6 -> {
                wire.raw(handshake);
                wire.upgraded();
                wire.frame(Wire.TEXT, hello);
            }
            case 7, 8 -> {
                wire.raw(handshake);
                wire.upgraded();
                wire.frame(Wire.TEXT, hello);
                assertThat(wire.read().text()).contains("welcome");
            }
            case 9 -> {
                wire.raw(handshake);
                wire.upgraded();
                wire.frame(Wire.CLOSE, new byte[] {3, (byte) 0xE8});
                drain(wire);
            }
            default -> {
                wire.raw(handshake);
                wire.upgraded();
            }
        }
    }

    private static void drain(Wire wire) throws IOException {
        try {
            while (true) {
                wire.read();
            }
        } catch (EOFException _) {
            // The server has closed its end, as it was asked to.
        }
    }

    /// Pongs that nobody asked for.
    private static void flood(Node node, int pongs) throws IOException {
        byte[] pong = Wire.encoded(Wire.PONG, new byte[4]);
        byte[] many = new byte[pong.length * 1000];
        for (int i = 0; i < 1000; i++) {
            System.arraycopy(pong, 0, many, i * pong.length, pong.length);
        }
        try (var wire = Wire.open(node.realtime())) {
            wire.patience((int) Person.PATIENCE.toMillis());
            wire.text("""
                    {"type":"hello","id":"h","token":"%s","device":{"id":"pong","platform":"bot"}}""".formatted(node.token("f34-pong")));
            assertThat(wire.read().text()).contains("welcome");
            for (int i = 0; i < pongs; i += 1000) {
                wire.raw(many);
            }
            wire.text("""
                    {"type":"ping","id":"after"}""");
            assertThat(wire.read().text()).contains("\"pong\"").contains("after");
        }
    }
}
