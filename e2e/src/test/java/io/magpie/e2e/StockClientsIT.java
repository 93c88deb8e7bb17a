package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.StockPage;
import io.magpie.gateway.echo.EchoServer;
import io.magpie.gateway.echo.EchoSettings;
import io.magpie.gateway.echo.EngineIoEcho;
import io.magpie.gateway.echo.SocketIoEcho;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The layers below the chat, with the JavaScript clients that everybody uses: each transport, the upgrade between
/// them, binary data, acknowledgements in both directions.
class StockClientsIT {
    private static final EchoSettings SETTINGS = new EchoSettings(0, 2_000, 20_000, 1_000_000);
    private static final byte[] BYTES = {0, 1, (byte) 0xFF, 30, 10};

    private static String url(EchoServer server) {
        return "http://localhost:" + server.port();
    }

    private static Map<String, ?> by(String transports) {
        return Map.of("transports", List.of(transports.split("-", -1)));
    }

    private static EchoServer started(Function<EchoSettings, EchoServer> kind) {
        return kind.apply(SETTINGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling-websocket"})
    void messagesComeBackAsTheyWere(String transports) throws Exception {
        try (var server = started(EngineIoEcho::start);
                var page = StockPage.engine(url(server), by(transports))) {
            assertThat(page.await("connect").asString())
                    .isEqualTo(transports.startsWith("polling") ? "polling" : "websocket");
            for (String text : List.of("hello", "\u20ac \ud83d\ude00", "", "x".repeat(100_000))) {
                page.send(text);
                assertThat(page.await("message").asString()).isEqualTo(text);
            }
            page.send(StockPage.binary(BYTES));
            assertThat(page.await("message").path("$binary").asString())
                    .isEqualTo(StockPage.binary(BYTES).get("$binary"));
            page.disconnect();
            assertThat(page.await("disconnect").asString()).isEqualTo("forced close");
        }
    }

    @Test
    void nothingIsLostOrReorderedOverTheUpgrade() throws Exception {
        try (var server = started(EngineIoEcho::start);
                var page = StockPage.engine(url(server), by("polling-websocket"))) {
            page.await("connect");
            var sent = IntStream.range(0, 500).mapToObj(i -> "message " + i).toList();
            sent.forEach(page::send);
            assertThat(IntStream.range(0, 500)
                            .mapToObj(_ -> page.await("message").asString())
                            .toList())
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling-websocket"})
    void eventsAndAcknowledgementsGoBothWaysWithBinaryData(String transports) throws Exception {
        try (var server = started(SocketIoEcho::start);
                var page = StockPage.socket(
                        url(server),
                        Map.of("transports", List.of(transports.split("-", -1)), "auth", Map.of("token", "t")))) {
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

    @Test
    void aSessionOutlivesManyHeartbeatsAndUnknownNamespacesAreRefused() throws Exception {
        try (var server = EngineIoEcho.start(new EchoSettings(0, 100, 20_000, 1_000_000));
                var page = StockPage.engine(url(server), by("polling"))) {
            page.await("connect");
            Thread.sleep(1_000);
            page.send("still");
            assertThat(page.await("message").asString()).isEqualTo("still");
        }
        try (var server = started(SocketIoEcho::start);
                var page = StockPage.socket(url(server) + "/nowhere", Map.of())) {
            assertThat(page.await("connect_error").asString()).isEqualTo("Invalid namespace");
        }
    }
}
