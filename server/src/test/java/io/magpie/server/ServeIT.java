package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server program as people start and stop it.
class ServeIT {
    private static final Pattern READY = Pattern.compile(
            "ready http=127\\.0\\.0\\.1:(\\d+) realtime=127\\.0\\.0\\.1:(\\d+) tcp=127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    Path folder = Path.of("");

    @Test
    void servesUntilSigtermAndEndsWithZero() throws Exception {
        try (var server = TestServer.start(folder, "--http-port", "0", "--realtime-port", "0", "--tcp-port", "0");
                var http = HttpClient.newHttpClient()) {
            var ready = READY.matcher(server.line("ready "));
            assertThat(ready.matches()).isTrue();
            var said = new CompletableFuture<String>();
            var _ = http.newWebSocketBuilder()
                    .subprotocols("magpie.v1.json")
                    .buildAsync(URI.create("ws://127.0.0.1:" + ready.group(2) + "/ws"), new FirstText(said))
                    .join();

            try (var second = TestServer.start(folder, "--http-port", "0", "--realtime-port", "0", "--tcp-port", "0")) {
                assertThat(second.line("magpie:"))
                        .isEqualTo("magpie: data: ./data is used by another server (expected: a folder of its own;"
                                + " --data names one)");
                assertThat(second.rest()).isEmpty();
                assertThat(second.exit()).isEqualTo(1);
            }

            // Process.destroy would close the streams as well.
            server.process.toHandle().destroy();
            assertThat(said.get(30, TimeUnit.SECONDS)).contains("\"bye\"").contains("\"draining\"");
            assertThat(server.exit()).isZero();
            assertThat(server.rest()).isEmpty();
        }
        assertThat(folder.resolve("data/magpie.db")).exists();
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            try (var server =
                    TestServer.start(folder, "--http-port", "0", "--realtime-port", port, "--tcp-port", "0")) {
                assertThat(server.line("magpie:"))
                        .isEqualTo("magpie: realtime.port: " + port
                                + " is in use already (expected: a free port; --realtime-port 0 takes one)");
                assertThat(server.rest()).isEmpty();
                assertThat(server.exit()).isEqualTo(1);
            }
            try (var server =
                    TestServer.start(folder, "--http-port", port, "--realtime-port", "0", "--tcp-port", "0")) {
                assertThat(server.line("magpie:"))
                        .isEqualTo("magpie: http.port: " + port
                                + " is in use already (expected: a free port; --http-port 0 takes one)");
                assertThat(server.rest()).isEmpty();
                assertThat(server.exit()).isEqualTo(1);
            }
        }
    }

    @Test
    void aWrongSettingIsOneSentenceAndStatusTwo() throws Exception {
        try (var server = TestServer.start(folder, "--set", "http.prot=1")) {
            assertThat(server.rest()).isEqualTo("magpie: http.prot: 1 from --set is unknown (did you mean http.port?)");
            assertThat(server.exit()).isEqualTo(2);
        }
    }

    private record FirstText(CompletableFuture<String> said) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            said.complete(data.toString());
            from.request(1);
            return null;
        }
    }
}
