package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.bench.target.Address;
import io.magpie.client.ClientRuntime;
import io.magpie.client.Protocol;
import io.magpie.client.Trust;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.e2e.harness.Doors;
import io.magpie.e2e.harness.Doors.Door;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Speaker;
import io.magpie.e2e.harness.StockPage;
import io.magpie.e2e.harness.TestCertificate;
import io.magpie.server.config.Settings;
import io.magpie.server.tls.Certificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One certificate for all ports, renewed while the server runs.
class TlsIT {
    @TempDir
    Path folder;

    private Path certificate() {
        return folder.resolve("certificate.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }

    private void write(TestCertificate next) throws IOException {
        Files.writeString(certificate(), next.certificatePem());
        Files.writeString(key(), next.privateKeyPem());
    }

    private Node node() throws Exception {
        return Node.started(
                Files.createDirectories(folder.resolve("node")),
                "tls.certificate=" + certificate(),
                "tls.privateKey=" + key());
    }

    @Test
    void everyPortSpeaksItAndANewCertificateNeedsNoRestart() throws Exception {
        var first = TestCertificate.make("EC");
        write(first);
        try (Node node = node()) {
            SSLContext trust = Trust.only(certificate());
            String gateway = get(node, trust);
            assertThat(gateway)
                    .contains("wss://127.0.0.1:" + node.realtime().port() + "/ws")
                    .contains("tls://127.0.0.1:" + node.tcp().port());
            assertThat(served(node)).containsOnly(first.certificate());
            try (var doors = new Doors(node, trust)) {
                List<Speaker> speakers = Stream.of(Door.values())
                        .map(door -> doors.speaker(door, "tls", "d-" + door))
                        .toList();
                plainTextIsNotServed(node);

                var second = TestCertificate.make("RSA");
                write(second);
                await(
                        "all ports serve the new certificate",
                        () -> served(node).stream().allMatch(second.certificate()::equals));
                assertThatThrownBy(() -> get(node, trust)).isInstanceOf(SSLException.class);
                for (Speaker speaker : speakers) {
                    assertThat(speaker.ask(new Command.Ping())).isInstanceOf(Reply.Pong.class);
                }

                Files.writeString(certificate(), "no certificate");
                await("the broken file is logged", () -> node.log().contains("holds no certificate"));
                assertThat(node.log()).contains("the certificate in use stays");
                assertThat(served(node)).containsOnly(second.certificate());
            }
            assertThat(node.errors()).isEmpty();
        }
    }

    /// Sessions live over the change, though a page that polls needs a new connection now and then; one that believes
    /// only the new certificate is served from then on.
    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void pagesOfSocketIoSpeakItAndOutliveANewCertificate(String transports) throws Exception {
        var first = TestCertificate.make("EC");
        var second = TestCertificate.make("EC");
        write(first);
        try (Node node = node();
                var page = page(node, "page", transports, Map.of("rejectUnauthorized", false));
                var stranger = page(node, "stranger", transports, Map.of("ca", second.certificatePem()))) {
            // The upgrade may be done before the page is admitted.
            assertThat(transports.split(",", -1)).contains(page.await("connect").asString());
            assertThat(stranger.await("connect_error").asString()).isNotEmpty();
            write(second);
            await(
                    "all ports serve the new certificate",
                    () -> served(node).stream().allMatch(second.certificate()::equals));
            for (int i = 0; i < 20; i++) {
                assertThat(page.ask("magpie", Map.of("type", "ping"))
                                .getFirst()
                                .path("type")
                                .asString())
                        .isEqualTo("pong");
            }
            assertThat(page.pending())
                    .noneMatch(event -> event.path("on").asString("").equals("disconnect"));
            stranger.await("connect");
            assertThat(node.errors()).isEmpty();
        }
    }

    /// @param trust whom to believe, as Node takes it
    private static StockPage page(Node node, String device, String transports, Map<String, ?> trust)
            throws IOException {
        Map<String, Object> options = new HashMap<>(trust);
        options.put("auth", Map.of("token", node.token("tls"), "device", Map.of("id", device)));
        options.put("transports", List.of(transports.split(",", -1)));
        options.put("reconnectionDelayMax", 500);
        return StockPage.socket("https://localhost:" + node.realtime().port(), options);
    }

    private static void plainTextIsNotServed(Node node) {
        try (ClientRuntime runtime = ClientRuntime.start()) {
            for (URI address :
                    List.of(URI.create("tcp://" + node.tcp()), URI.create("ws://" + node.realtime() + "/ws"))) {
                Protocol protocol = Protocol.TCP.fits(address) ? Protocol.TCP : Protocol.JSON;
                assertThatThrownBy(() ->
                                Speaker.of(runtime.transports().apply(protocol), address, node.token("tls"), "plain"))
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    private static String get(Node node, SSLContext trust) throws Exception {
        try (var http = HttpClient.newBuilder().sslContext(trust).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://" + node.http() + "/api/v1/gateway"))
                    .header("Authorization", "Bearer " + node.token("tls"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /// The certificates of new connections, port by port.
    private static List<X509Certificate> served(Node node) throws Exception {
        List<X509Certificate> served = new ArrayList<>();
        for (Address address : List.of(node.http(), node.realtime(), node.tcp())) {
            SSLContext anybody = SSLContext.getInstance("TLS");
            anybody.init(null, new TrustManager[] {new Anybody()}, null);
            try (var socket = (SSLSocket) anybody.getSocketFactory().createSocket(address.host(), address.port())) {
                socket.setSoTimeout(20_000);
                socket.startHandshake();
                served.add((X509Certificate) socket.getSession().getPeerCertificates()[0]);
            }
        }
        return served;
    }

    /// Only looks at certificates, so it takes them all.
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void keysOfTheUsualKindsAreTaken(String algorithm) throws Exception {
        write(TestCertificate.make(algorithm));
        assertThat(Certificates.of(new Settings.Tls(certificate(), key())).enabled())
                .isTrue();
    }

    @Test
    void whatIsWrongIsOneSentenceThatNamesKeyAndFile() throws Exception {
        assertRefused("tls.certificate: " + certificate() + " cannot be read");
        write(TestCertificate.make("EC"));
        Files.delete(key());
        assertRefused("tls.privateKey: " + key() + " cannot be read");
        Files.writeString(key(), TestCertificate.make("EC").privateKeyPem());
        assertRefused("tls.privateKey: " + key() + " does not belong to the certificate in " + certificate());
        Files.writeString(key(), TestCertificate.make("RSA").privateKeyPem());
        assertRefused("tls.privateKey: " + key() + " does not belong to the certificate in " + certificate());
        Files.writeString(key(), Files.readString(certificate()));
        assertRefused("tls.privateKey: " + key() + " holds no private key");
        Files.writeString(certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused("tls.certificate: " + certificate() + " holds no certificate");
        assertThat(Certificates.of(new Settings.Tls(null, null)).enabled()).isFalse();
        assertThatThrownBy(this::node).hasMessageContaining("tls.certificate: " + certificate() + " holds no");
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> Certificates.of(new Settings.Tls(certificate(), key())))
                .hasMessageStartingWith(sentence + " (expected: ");
    }
}
