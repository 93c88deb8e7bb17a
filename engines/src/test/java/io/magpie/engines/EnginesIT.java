package io.magpie.engines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every engine starts, answers, is killed, comes back where it was, and leaves nothing. Those that take seconds to
/// start do so once here; the tests of their adapters kill and restart them.
class EnginesIT {
    private static final Set<Engine> SLOW = EnumSet.of(Engine.RABBITMQ, Engine.KAFKA, Engine.ROCKETMQ);

    @ParameterizedTest
    @EnumSource
    void livesAndDies(Engine engine) throws IOException {
        RunningEngine running = engine.start();
        answers(running);
        assertThat(running.url()).contains(running.host() + ":" + running.port());
        if (!SLOW.contains(engine)) {
            diesAndComesBack(running);
        }

        List<ProcessHandle> processes = running.processes();
        running.close();
        isGone(processes, running.port());
        assertThat(Files.exists(running.folder())).isFalse();
    }

    private static void diesAndComesBack(RunningEngine running) throws IOException {
        int port = running.port();

        List<ProcessHandle> first = running.processes();
        running.kill();
        isGone(first, port);

        running.restart();
        assertThat(running.port()).isEqualTo(port);
        answers(running);
    }

    /// However the JVM ends: nobody can be told when it is killed.
    @Test
    void engineAndDataOfAnotherAccountDieWithTheJvm() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        "redis",
                        "postgresql")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Long> pids = new ArrayList<>();
        try (var lines = jvm.inputReader()) {
            for (String line = lines.readLine(); line != null && !line.equals("ready"); line = lines.readLine()) {
                pids.add(Long.valueOf(line));
            }
            jvm.destroyForcibly();
        }
        assertThat(pids).hasSize(2);
        for (long pid : pids) {
            ProcessHandle.of(pid)
                    .ifPresent(process -> assertThat(Processes.awaitExit(process, 60))
                            .as("process %s of a killed JVM ends", pid)
                            .isTrue());
        }
    }

    @Test
    void theFolderKnowsWhatRunsInIt(@TempDir Path folder) {
        assertThat(Engine.REDIS.running(folder)).isEmpty();
        RunningEngine running = Engine.REDIS.startDetached(folder);
        RunningEngine found = Engine.REDIS.running(folder).orElseThrow();
        assertThat(found.url()).isEqualTo(running.url());
        assertThat(found.pid()).isEqualTo(running.pid());
        assertThatThrownBy(() -> Engine.REDIS.start(folder))
                .hasMessageContaining("redis: process " + running.pid() + " already runs in");

        found.close();
        assertThat(running.isRunning()).isFalse();
        assertThat(Engine.REDIS.running(folder)).isEmpty();
    }

    @Test
    void whatItWroteLastIsTold(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("http.conf"), "nonsense;");
        assertThatThrownBy(() -> Engine.NGINX.start(folder))
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("nginx: nginx ended before it was ready")
                .hasMessageContaining("unknown directive \"nonsense\"");
    }

    @Test
    void aFrozenEngineAnswersWhenItGoesOn() throws IOException {
        try (RunningEngine redis = Engine.REDIS.start();
                var socket = new Socket(redis.host(), redis.port())) {
            redis.pause();
            socket.getOutputStream().write("PING\r\n".getBytes(ISO_8859_1));
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            redis.resume();
            socket.setSoTimeout(30_000);
            assertThat(socket.getInputStream().readNBytes(7))
                    .asString(ISO_8859_1)
                    .isEqualTo("+PONG\r\n");
        }
    }

    private static void isGone(List<ProcessHandle> processes, int port) {
        assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(Ports.accepts(port)).isFalse();
    }

    /// Says something in the engine's own tongue, as far as that takes one packet.
    private static void answers(RunningEngine engine) throws IOException {
        try (var socket = new Socket(engine.host(), engine.port())) {
            socket.setSoTimeout(30_000);
            var probe = Probe.of(engine.engine());
            socket.getOutputStream().write(HexFormat.of().parseHex(probe.question()));
            byte[] expected = HexFormat.of().parseHex(probe.answer());
            byte[] answer = socket.getInputStream().readNBytes(probe.skip() + expected.length);
            assertThat(answer).endsWith(expected);
        }
    }

    /// @param skip bytes of the answer that may be anything
    private record Probe(String question, int skip, String answer) {
        static Probe of(Engine engine) {
            return switch (engine) {
                case REDIS -> text("PING\r\n", "+PONG\r\n");
                // It speaks first: length and number of the packet, version of the protocol, its own version.
                case MARIADB -> new Probe("", 4, hex("\n5.5.5-10."));
                // "Do you speak TLS?"
                case POSTGRESQL -> new Probe("0000000804d2162f", 0, hex("N"));
                // Its answer to a stranger's greeting: connection.start on channel 0.
                case RABBITMQ -> new Probe(hex("AMQP") + "00000901", 7, "000a000a0009");
                case NGINX -> text("GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK\r\n");
                case ZOOKEEPER -> text("ruok", "imok");
                // ApiVersions 0, correlation 7, no client id: length, 7, no error.
                case KAFKA -> new Probe("0000000a001200000000" + "0007ffff", 4, "000000070000");
                // A request for the cluster's description, opaque 7.
                case ROCKETMQ -> rocketmq();
                case S3PROXY -> text("GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 403 ");
                // OP_MSG {ping: 1, $db: "admin"}: length, id, then what it answers and as OP_MSG.
                case MONGO -> mongo();
            };
        }

        private static Probe text(String question, String answer) {
            return new Probe(hex(question), 0, hex(answer));
        }

        private static String hex(String text) {
            return HexFormat.of().formatHex(text.getBytes(ISO_8859_1));
        }

        private static Probe rocketmq() {
            String header = "{\"code\":106,\"language\":\"JAVA\",\"version\":0,\"opaque\":7,\"flag\":0}";
            return new Probe(
                    "%08x%08x".formatted(header.length() + 4, header.length()) + hex(header), 8, hex("{\"code\":0,"));
        }

        private static Probe mongo() {
            String document = "1e000000" + "10" + hex("ping\0") + "01000000" + "02" + hex("$db\0") + "06000000"
                    + hex("admin\0") + "00";
            String body = "07000000" + "00000000" + "dd070000" + "00000000" + "00" + document;
            return new Probe("%02x000000".formatted(body.length() / 2 + 4) + body, 8, "07000000" + "dd070000");
        }
    }
}
