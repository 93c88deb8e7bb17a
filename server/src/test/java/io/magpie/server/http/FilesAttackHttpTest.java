package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Command;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.message.MessageChanges;
import io.magpie.server.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people try with files.
class FilesAttackHttpTest extends HttpTest {
    private static final int MOST = 100_000;
    private static final String PAGE = "<!doctype html><script>fetch('/api/v1/me')</script>";

    private String ada = "";
    private String grace = "";

    @Override
    Stream<String> settings() {
        return Stream.of(
                "--set",
                "uploads.otherBytes=" + MOST,
                "--set",
                "uploads.imageBytes=" + MOST,
                "--set",
                "uploads.audioBytes=" + MOST,
                "--set",
                "uploads.videoBytes=" + 2 * MOST,
                "--set",
                "uploads.quotaBytes=" + 5 * MOST);
    }

    @BeforeAll
    void people() {
        ada = loggedIn("ada");
        grace = loggedIn("grace");
    }

    private HttpRequest.Builder upload(String token, HttpRequest.BodyPublisher body) {
        return request("/api/v1/files")
                .header("Authorization", "Bearer " + token)
                .POST(body);
    }

    private Answer upload(String token, byte[] bytes) {
        return send(upload(token, HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<byte[]> download(String token, long file) throws Exception {
        return http.send(
                request("/api/v1/files/" + file)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] random(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// A picture of one pixel that is a page as well.
    private static byte[] polyglot() {
        String gif = "GIF89a\1\0\1\0\u0080\0\0\0\0\0\u00ff\u00ff\u00ff";
        String comment = "!\u00fe" + (char) PAGE.length() + PAGE + "\0";
        return latin(gif + comment + ",\0\0\0\0\1\0\1\0\0\2\2D\1\0;" + PAGE);
    }

    @Test
    void aPictureThatIsAPageIsOnlyAPicture() throws Exception {
        var answer = upload(ada, polyglot());
        assertThat(answer.text("mime")).isEqualTo("image/gif");
        var served = download(ada, answer.number("fileId"));
        assertThat(new String(served.body(), StandardCharsets.ISO_8859_1))
                .startsWith("GIF89a")
                .doesNotContain("script");
        assertThat(served.headers().firstValue("Content-Type")).contains("image/gif");
        assertThat(served.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
                "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                PAGE,
                "\n\n  " + PAGE,
                "GIF87" + PAGE,
                "%PDF-1.7 <script>",
                "self.addEventListener('fetch', () => {})",
                "#!/bin/sh\nrm -rf /"
            })
    void whatCouldRunIsNeverShown(String text) throws Exception {
        var answer = send(upload(ada, HttpRequest.BodyPublishers.ofString(text)).header("Content-Type", "image/png"));
        assertThat(answer.status()).isEqualTo(201);
        var headers = download(ada, answer.number("fileId")).headers();
        assertThat(headers.firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(headers.firstValue("Content-Disposition").orElseThrow()).startsWith("attachment");
        assertThat(headers.firstValue("Content-Security-Policy")).contains("sandbox; default-src 'none'");
    }

    @Test
    void whatSaysThatItIsTooLargeIsNotRead() throws Exception {
        // Nothing of the body follows: the answer comes without it.
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), request("/").build().uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(latin("POST /api/v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ada
                            + "\r\nContent-Length: 999999999999\r\nExpect: 100-continue\r\n\r\n"));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
        assertThat(upload(ada, random(MOST + 1, 1)).text("code")).isEqualTo("too-large");
    }

    @Test
    void whatNeverEndsIsCut() throws Exception {
        var endless = new InputStream() {
            private long sent;

            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] to, int from, int length) {
                Arrays.fill(to, from, from + length, (byte) 'x');
                sent += length;
                return sent > 1L << 33 ? -1 : length;
            }
        };
        try {
            var answer = send(upload(ada, HttpRequest.BodyPublishers.ofInputStream(() -> endless)));
            assertThat(answer.text("code")).isEqualTo("too-large");
        } catch (AssertionError cut) {
            // The connection was closed while the rest was still being sent.
            assertThat(cut.getCause()).isInstanceOf(IOException.class);
        }
        assertThat(endless.sent).isLessThan(1L << 30);
        assertThat(leftovers("uploads")).isEmpty();
    }

    @Test
    void whatEndsTooEarlyIsNothing() throws Exception {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), request("/").build().uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(latin("POST /api/v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ada
                            + "\r\nContent-Length: 1000\r\n\r\nonly this"));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .doesNotContain("HTTP/1.1 2");
        }
        assertThat(leftovers("uploads")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00d8\u00ff\u00e0", "\u0089PNG\r\n\u001a\nxxxxxxxx", "GIF89a", "RIFF\4\0\0\0WEBP"})
    void brokenPicturesAreNamed(String bytes) {
        var answer = upload(ada, latin(bytes));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("malformed");
        assertThat(answer.text("detail")).startsWith("body: begins like ");
    }

    @Test
    void nothingIsNoFile() {
        assertThat(upload(ada, new byte[0]).text("code")).isEqualTo("malformed");
        var form = send(upload(ada, HttpRequest.BodyPublishers.ofString("--x--\r\n"))
                .header("Content-Type", "multipart/form-data; boundary=x"));
        assertThat(form.text("code")).isEqualTo("malformed");
        var unbound = send(
                upload(ada, HttpRequest.BodyPublishers.ofString("abc")).header("Content-Type", "multipart/form-data"));
        assertThat(unbound.text("code")).isEqualTo("malformed");
    }

    @Test
    void whoHasNoTokenUploadsNothing() {
        assertThat(send(request("/api/v1/files").POST(HttpRequest.BodyPublishers.ofString("abc")))
                        .status())
                .isEqualTo(401);
        // A page of another site has the cookies of its visitors, and there are none that count.
        var forged = send(request("/api/v1/files")
                .header("Origin", "https://evil.example")
                .header("Cookie", "token=" + ada)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("abc")));
        assertThat(forged.status()).isEqualTo(401);
        assertThat(forged.response().headers().map()).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f..%2fmagpie.db",
                "%2e%2e/%2e%2e/magpie.db",
                "1%00",
                "-1",
                "0",
                "99999999999999999999",
                "1/../../me",
                "1;x=y/url",
                "*"
            })
    void pathsLeadNowhere(String path) throws IOException {
        String answer = rawStatus("GET /api/v1/files/" + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + grace
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("HTTP/1.1 40[04]");
    }

    private String rawStatus(String request) throws IOException {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), request("/").build().uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(latin(request));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aRecallEndsEveryWayToTheFile() throws Exception {
        long file = upload(ada, latin("for a moment")).number("fileId");
        long a = call("GET", "/me", ada, null).number("userId");
        long g = call("GET", "/me", grace, null).number("userId");
        String conversation = "/conversations/d." + a + "." + g + "/entries";
        String content =
                "{\"kind\":\"file\",\"file\":%d,\"name\":\"a\",\"size\":12,\"mime\":\"text/plain\"}".formatted(file);
        call("POST", conversation, ada, "{\"clientId\":\"1\",\"content\":" + content + "}");
        assertThat(download(grace, file).statusCode()).isEqualTo(200);
        String url = call("GET", "/files/" + file + "/url", grace, null).text("url");
        bean(MessageChanges.class).recall(a, new Command.Recall(ConversationId.direct(a, g), 1));
        assertThat(download(grace, file).statusCode()).isEqualTo(404);
        assertThat(send(request(url)).status()).isEqualTo(404);
        assertThat(download(ada, file).statusCode()).isEqualTo(200);
    }

    @Test
    void theSameBroughtAtOnceIsKeptOnce() throws Exception {
        String eve = loggedIn("eve");
        byte[] bytes = random(10_000, 5);
        long before = leftovers("files").size();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var uploads = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> upload(eve, bytes)))
                    .toList();
            for (Future<Answer> one : uploads) {
                assertThat(one.get().status()).isEqualTo(201);
                assertThat(download(eve, one.get().number("fileId")).body()).isEqualTo(bytes);
            }
        }
        assertThat(leftovers("files")).hasSize((int) before + 1);
    }

    @Test
    void whoAsksKnowsTheLimitsBefore() {
        String careful = loggedIn("careful");
        var before = call("GET", "/files", careful, null);
        assertThat(before.body().get("maxBytes").toString())
                .isEqualTo("{\"image\":100000,\"audio\":100000,\"video\":200000,\"other\":100000}");
        assertThat(before.number("quotaBytes")).isEqualTo(5 * MOST);
        assertThat(before.number("usedBytes")).isZero();
        assertThat(upload(careful, random(1000, 30)).status()).isEqualTo(201);
        assertThat(call("GET", "/files", careful, null).number("usedBytes")).isEqualTo(1000);
        assertThat(call("GET", "/files", "", null).status()).isEqualTo(401);
    }

    @Test
    void nobodyKeepsMoreThanTheQuota() throws Exception {
        String hoarder = loggedIn("hoarder");
        for (int i = 0; i < 5; i++) {
            assertThat(upload(hoarder, random(MOST - 10, 10 + i)).status()).isEqualTo(201);
        }
        var over = upload(hoarder, random(1000, 20));
        assertThat(over.status()).isEqualTo(413);
        assertThat(over.text("detail")).contains("quota");
        assertThat(upload(hoarder, random(30, 21)).status()).isEqualTo(201);
        var streamed = send(upload(
                hoarder, HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(random(1000, 22)))));
        assertThat(streamed.status()).isEqualTo(413);
    }

    private List<Path> leftovers(String folder) throws IOException {
        var settings = bean(Settings.class);
        try (var files = Files.walk(settings.data().resolve(folder))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
