package io.magpie.engines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every engine starts, answers, is killed, comes back where it was, and leaves nothing.
class EnginesIT {
    @ParameterizedTest
    @EnumSource
    void livesAndDies(Engine engine) throws IOException {
        RunningEngine running = engine.start();
        int port = running.port();
        answers(running);
        assertThat(running.url()).contains(running.host() + ":" + port);

        List<ProcessHandle> first = running.processes();
        running.kill();
        isGone(first, port);

        running.restart();
        assertThat(running.port()).isEqualTo(port);
        answers(running);

        List<ProcessHandle> second = running.processes();
        running.close();
        isGone(second, port);
        assertThat(Files.exists(running.folder())).isFalse();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info()
                                .commandLine()
                                .orElse("")
                                .contains(running.folder().toString())))
                .isEmpty();
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
