package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.limit.TrustedProxies;
import io.magpie.protocol.json.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeOverSocketTest {
    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, Host: x, 404",
        "GET /ws/x HTTP/1.1, Host: x, 404",
        "GET /ws HTTP/1.1, Host: x, 426",
        "POST /ws HTTP/1.1, Host: x, 400",
        "GET /ws HTTP/1.0, Host: x, 400",
        "GET /ws HTTP/1.1, Content-Length: 5, 426",
        "nonsense, Host: x, 400"
    })
    void whatIsNoHandshakeGetsOneSentenceAndTheEnd(String line, String header, int status) throws Exception {
        try (var server = TestGateway.start();
                var peer = new RawPeer(server.address(), 0)) {
            if (header.startsWith("Content-Length")) {
                // The body counts, not only its announcement.
                peer.bytes((line + "\r\n" + header + "\r\n\r\nhello").getBytes(StandardCharsets.US_ASCII));
                assertThat(peer.rest()).startsWith("HTTP/1.1 413 ");
                return;
            }
            assertThat(peer.request(line, header + "\n")).startsWith("HTTP/1.1 " + status + " ");
            assertThat(peer.rest()).endsWith(".\n").hasSizeLessThan(200);
            TestGateway.await("counted", () -> server.stats.closed(CloseReason.REFUSED) == 1);
        }
    }

    @Test
    void anEndlessRequestLineAndEndlessHeadersAreRefused() throws Exception {
        try (var server = TestGateway.start();
                var line = new RawPeer(server.address(), 0);
                var headers = new RawPeer(server.address(), 0)) {
            assertThat(line.request("GET /" + "x".repeat(20_000) + " HTTP/1.1", "Host: x\n"))
                    .startsWith("HTTP/1.1 414 ");
            assertThat(headers.request("GET /ws HTTP/1.1", "X: " + "x".repeat(20_000) + "\n"))
                    .startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void aQueryIsAllowedAndAHastyClientNeedNotWait() throws Exception {
        try (var server = TestGateway.start();
                var peer = new RawPeer(server.address(), 0)) {
            var request = ("GET /ws?x=1 HTTP/1.1\n" + RawPeer.upgradeHeaders() + "\n").replace("\n", "\r\n");
            var hello = RawPeer.encode(true, RawPeer.TEXT, RawPeer.HELLO.getBytes(StandardCharsets.UTF_8));
            peer.bytes(
                    (request + new String(hello, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(peer.head()).startsWith("HTTP/1.1 101 ").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(peer.read().text()).contains("\"welcome\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"magpie.v1.json, 101", "'other, magpie.v1.json', 101", "other, 400", "magpie.v1.protobuf, 101"})
    void theFirstSubprotocolServedIsTaken(String offered, int status) throws Exception {
        try (var server = TestGateway.start();
                var peer = new RawPeer(server.address(), 0)) {
            var head = peer.request(
                    "GET /ws HTTP/1.1", RawPeer.upgradeHeaders() + "Sec-WebSocket-Protocol: " + offered + "\n");
            assertThat(head).startsWith("HTTP/1.1 " + status + " ");
            if (status == 101) {
                var taken = offered.substring(offered.lastIndexOf(' ') + 1);
                assertThat(head).containsIgnoringCase("sec-websocket-protocol: " + taken);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"https://good.example, 101", "https://bad.example, 403", "null, 403", "'', 403"})
    void onlyOriginsOnTheListMayConnect(String origin, int status) throws Exception {
        try (var server = TestGateway.withAdmission(100, Set.of("https://good.example"));
                var browser = new RawPeer(server.address(), 0);
                var program = new RawPeer(server.address(), 0)) {
            assertThat(browser.request("GET /ws HTTP/1.1", RawPeer.upgradeHeaders() + "Origin: " + origin + "\n"))
                    .startsWith("HTTP/1.1 " + status + " ");
            assertThat(program.request("GET /ws HTTP/1.1", RawPeer.upgradeHeaders()))
                    .startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void pastTheConnectionLimitIs503UntilSomebodyLeaves() throws Exception {
        try (var server = TestGateway.withAdmission(2, Set.of())) {
            try (var _ = RawPeer.session(server.address());
                    var _ = RawPeer.session(server.address());
                    var third = new RawPeer(server.address(), 0)) {
                assertThat(third.request("GET /ws HTTP/1.1", RawPeer.upgradeHeaders()))
                        .startsWith("HTTP/1.1 503 ");
            }
            TestGateway.await("all have left", () -> server.stats.connections() == 0);
            RawPeer.session(server.address()).close();
        }
    }

    @Test
    void behindATrustedProxyItsClientsAreCounted() throws Exception {
        var admission = new GatewaySettings.Admission(100, 1, Set.of(), new TrustedProxies(List.of("loopback")));
        try (var server = TestGateway.withAdmission(admission)) {
            try (var one = new RawPeer(server.address(), 0);
                    var sameAgain = new RawPeer(server.address(), 0);
                    var other = new RawPeer(server.address(), 0)) {
                assertThat(forwarded(one, "198.51.100.1, 203.0.113.7")).startsWith("HTTP/1.1 101 ");
                assertThat(forwarded(sameAgain, "198.51.100.2, 203.0.113.7")).startsWith("HTTP/1.1 503 ");
                assertThat(forwarded(other, "203.0.113.8")).startsWith("HTTP/1.1 101 ");
            }
            TestGateway.await("all have left", () -> server.stats.connections() == 0);
            try (var back = new RawPeer(server.address(), 0)) {
                assertThat(forwarded(back, "203.0.113.7")).startsWith("HTTP/1.1 101 ");
            }
        }
    }

    @Test
    void aStrangerCannotSpeakForOthers() throws Exception {
        var admission = new GatewaySettings.Admission(100, 1, Set.of(), TrustedProxies.NONE);
        try (var server = TestGateway.withAdmission(admission);
                var one = new RawPeer(server.address(), 0);
                var two = new RawPeer(server.address(), 0)) {
            assertThat(forwarded(one, "203.0.113.7")).startsWith("HTTP/1.1 101 ");
            assertThat(forwarded(two, "203.0.113.7"))
                    .as("loopback, which has no limit")
                    .startsWith("HTTP/1.1 101 ");
        }
    }

    private static String forwarded(RawPeer peer, String addresses) throws IOException {
        return peer.request("GET /ws HTTP/1.1", RawPeer.upgradeHeaders() + "X-Forwarded-For: " + addresses + "\n");
    }

    @Test
    void aPortTakenIsAnExceptionThatNamesIt() throws Exception {
        try (var server = TestGateway.start()) {
            var taken = TestGateway.settings()
                    .listeningOn("127.0.0.1", server.address().getPort(), 0);
            assertThatThrownBy(() -> Gateway.start(taken, server.handler, new JsonCodec(), server.stats, null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + server.address().getPort());
        }
    }
}
