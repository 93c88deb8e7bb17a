package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.SharedBrowser;
import io.magpie.e2e.harness.StockBrowser;
import io.magpie.e2e.harness.StockPage;
import io.magpie.gateway.echo.EchoServer;
import io.magpie.gateway.echo.EchoSettings;
import io.magpie.gateway.echo.EngineIoEcho;
import io.magpie.gateway.echo.SocketIoEcho;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The layers below the chat, with the JavaScript clients that everybody uses, in Node and in Chromium: each
/// transport, the upgrade between them, binary data, acknowledgements in both directions, and every way to end.
@ExtendWith(SharedBrowser.class)
class StockClientsIT {
    private static final EchoSettings SETTINGS = new EchoSettings(0, 2_000, 20_000, 1_000_000);
    private static final byte[] BYTES = {0, 1, (byte) 0xFF, 30, 10};

    private final StockBrowser browser;

    StockClientsIT(StockBrowser browser) {
        this.browser = browser;
    }

    private static String url(EchoServer server) {
        return "http://localhost:" + server.port();
    }

    private static Map<String, ?> by(String transports) {
        return Map.of("transports", List.of(transports.split("-", -1)));
    }

    private StockPage engine(String where, String url, String transports) throws IOException {
        return where.equals("node") ? StockPage.engine(url, by(transports)) : browser.engine(url, by(transports));
    }

    private StockPage socket(String where, String url, Map<String, ?> options) throws IOException {
        return where.equals("node") ? StockPage.socket(url, options) : browser.socket(url, options);
    }

    private static EchoServer started(Function<EchoSettings, EchoServer> kind) {
        return kind.apply(SETTINGS);
    }

    static Stream<List<String>> everywhere() {
        return Stream.of("node", "chromium")
                .flatMap(where -> Stream.of("polling", "websocket", "polling-websocket")
                        .map(transports -> List.of(where, transports)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void messagesComeBackAsTheyWere(List<String> how) throws Exception {
        String transports = how.get(1);
        try (var server = started(EngineIoEcho::start);
                var page = engine(how.get(0), url(server), transports)) {
            assertThat(page.await("connect").asString())
                    .isEqualTo(transports.startsWith("polling") ? "polling" : "websocket");
            if (transports.equals("polling-websocket")) {
                assertThat(page.await("upgrade").asString()).isEqualTo("websocket");
            }
            for (String text : List.of("hello", "\u20ac \ud83d\ude00", "", "x".repeat(100_000))) {
                page.send(text);
                assertThat(page.await("message").asString()).isEqualTo(text);
            }
            page.send(StockPage.binary(BYTES));
            assertThat(page.await("message").path("$binary").asString())
                    .isEqualTo(StockPage.binary(BYTES).get("$binary"));
            page.disconnect();
            assertThat(page.await("disconnect").asString()).isEqualTo("forced close");
            awaitEmpty(server);
        }
    }

    private static void awaitEmpty(EchoServer server) throws InterruptedException {
        Instant until = Instant.now().plusSeconds(60);
        while (server.sessions() > 0) {
            assertThat(Instant.now()).as("sessions end").isBefore(until);
            Thread.sleep(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "chromium"})
    void nothingIsLostOrReorderedOverTheUpgrade(String where) throws Exception {
        try (var server = started(EngineIoEcho::start);
                var page = engine(where, url(server), "polling-websocket")) {
            page.await("connect");
            var sent = IntStream.range(0, 500).mapToObj(i -> "message " + i).toList();
            sent.forEach(page::send);
            assertThat(IntStream.range(0, 500)
                            .mapToObj(_ -> page.await("message").asString())
                            .toList())
                    .isEqualTo(sent);
        }
    }

    /// At once, while it tries the other transport, and with messages on their way.
    @ParameterizedTest
    @MethodSource("everywhere")
    void itEndsCleanlyWheneverTheClientEndsIt(List<String> how) throws Exception {
        try (var server = started(EngineIoEcho::start)) {
            for (int unanswered : new int[] {0, 1, 50}) {
                try (var page = engine(how.get(0), url(server), how.get(1))) {
                    page.await("connect");
                    IntStream.range(0, unanswered).forEach(i -> page.send("message " + i));
                    page.disconnect();
                    assertThat(page.await("disconnect").asString()).isEqualTo("forced close");
                    awaitEmpty(server);
                }
            }
        }
    }

    /// One client vanishes, and then the server goes before the other does.
    @ParameterizedTest
    @MethodSource("everywhere")
    void itEndsCleanlyWithoutAGoodbye(List<String> how) throws Exception {
        var server = started(EngineIoEcho::start);
        try (var stays = engine(how.get(0), url(server), how.get(1))) {
            stays.await("connect");
            try (var vanishes = engine(how.get(0), url(server), how.get(1))) {
                vanishes.await("connect");
            }
            stays.send("still");
            assertThat(stays.await("message").asString()).isEqualTo("still");
            server.close();
            // By its transport, or when a heartbeat is missing: a browser may keep a request to a server that is gone.
            assertThat(stays.await("disconnect").asString()).isIn("transport close", "transport error", "ping timeout");
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void eventsAndAcknowledgementsGoBothWaysWithBinaryData(List<String> how) throws Exception {
        try (var server = started(SocketIoEcho::start);
                var page = socket(
                        how.get(0),
                        url(server),
                        Map.of("transports", List.of(how.get(1).split("-", -1)), "auth", Map.of("token", "t")))) {
            page.await("connect");
            assertThat(page.await("auth").path("token").asString()).isEqualTo("t");
            page.emit("message", 1, "2", Map.of("bytes", StockPage.binary(BYTES)));
            var back = page.awaitAll("message-back");
            assertThat(back.path(0).asInt()).isEqualTo(1);
            assertThat(back.path(1).asString()).isEqualTo("2");
            assertThat(back.path(2).path("bytes").path("$binary").asString())
                    .isEqualTo(StockPage.binary(BYTES).get("$binary"));
            var acknowledged = page.ask("message-with-ack", "x", StockPage.binary(BYTES));
            assertThat(acknowledged.get(0).asString()).isEqualTo("x");
            assertThat(acknowledged.get(1).path("$binary").asString())
                    .isEqualTo(StockPage.binary(BYTES).get("$binary"));
            page.emit("ask", "how", StockPage.binary(BYTES));
            assertThat(page.await("question").asString()).isEqualTo("how");
            assertThat(page.await("answer").asString()).isEqualTo("how");
        }
    }

    @ParameterizedTest
    @CsvSource({"node, polling", "node, websocket", "chromium, polling", "chromium, websocket"})
    void aSessionOutlivesManyHeartbeats(String where, String transport) throws Exception {
        try (var server = EngineIoEcho.start(new EchoSettings(0, 50, 20_000, 1_000_000));
                var page = engine(where, url(server), transport)) {
            page.await("connect");
            for (int i = 0; i < 20; i++) {
                Thread.sleep(50);
                page.send("still " + i);
                assertThat(page.await("message").asString()).isEqualTo("still " + i);
            }
        }
    }

    @Test
    void unknownNamespacesAreRefusedAndOthersShareTheConnection() throws Exception {
        try (var server = started(SocketIoEcho::start);
                var page = StockPage.socket(url(server) + "/nowhere", Map.of());
                var custom = StockPage.socket(url(server) + "/custom", Map.of())) {
            assertThat(page.await("connect_error").asString()).isEqualTo("Invalid namespace");
            custom.await("connect");
            assertThat(custom.ask("message-with-ack", "x").getFirst().asString())
                    .isEqualTo("x");
        }
    }

    /// What `./magpie dev engineio-echo` runs, with its flags, in a process of its own.
    @Test
    void theEchoProgramServesTheClientByItself() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineIoEcho.class.getName(),
                        "--port",
                        "0",
                        "--ping-interval",
                        "300",
                        "--ping-timeout",
                        "20000",
                        "--max-payload",
                        "1000")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            assertThat(line).startsWith("listening on http://localhost:");
            String url = line.substring("listening on ".length());
            for (String transports : List.of("polling", "websocket", "polling-websocket")) {
                try (var page = StockPage.engine(url, by(transports))) {
                    page.await("connect");
                    page.send("hello");
                    assertThat(page.await("message").asString()).isEqualTo("hello");
                    page.send("x".repeat(2000));
                    assertThat(page.await("disconnect").asString()).startsWith("transport ");
                }
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
