package io.magpie.engines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every engine starts, answers, is killed, comes back where it was, and leaves nothing.
class EnginesIT {
    @ParameterizedTest
    @EnumSource
    void livesAndDies(Engine engine) throws IOException {
        RunningEngine running = engine.start();
        int port = running.port();
        ProcessHandle first = ProcessHandle.of(running.pid()).orElseThrow();
        answers(running);
        assertThat(running.url()).contains(running.host() + ":" + port);

        running.kill();
        assertThat(first.isAlive()).isFalse();
        assertThat(Ports.accepts(port)).isFalse();

        running.restart();
        assertThat(running.port()).isEqualTo(port);
        answers(running);
        ProcessHandle second = ProcessHandle.of(running.pid()).orElseThrow();

        running.close();
        assertThat(second.isAlive()).isFalse();
        assertThat(Ports.accepts(port)).isFalse();
        assertThat(Files.exists(running.folder())).isFalse();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info()
                                .commandLine()
                                .orElse("")
                                .contains(running.folder().toString())))
                .isEmpty();
    }

    /// Says something in the engine's own tongue, as far as that takes one packet.
    private static void answers(RunningEngine engine) throws IOException {
        try (var socket = new Socket(engine.host(), engine.port())) {
            socket.setSoTimeout(10_000);
            var probe = Probe.of(engine.engine());
            socket.getOutputStream().write(probe.question().getBytes(ISO_8859_1));
            assertThat(new String(
                            socket.getInputStream().readNBytes(probe.answer().length()), ISO_8859_1))
                    .isEqualTo(probe.answer());
        }
    }

    private record Probe(String question, String answer) {
        static Probe of(Engine engine) {
            return switch (engine) {
                case REDIS -> new Probe("PING\r\n", "+PONG\r\n");
                case MARIADB -> new Probe("", "");
                // "Do you speak TLS?"
                case POSTGRESQL -> new Probe("\0\0\0\10\4\u00d2\26/", "N");
            };
        }
    }
}
