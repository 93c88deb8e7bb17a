package io.magpie.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Upload and download as `docs/protocol.md` says.
class FilesHttpTest extends HttpTest {
    private String ada = "";
    private String grace = "";
    private String eve = "";
    private String pair = "";

    @BeforeAll
    void people() {
        ada = loggedIn("ada");
        grace = loggedIn("grace");
        eve = loggedIn("eve");
        pair = "d." + id(ada) + "." + id(grace);
    }

    private long id(String token) {
        return call("GET", "/me", token, null).number("userId");
    }

    private Answer upload(String token, byte[] bytes) {
        return send(request("/api/v1/files")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<byte[]> download(String token, String path, String... headers) throws Exception {
        var request = request("/api/v1/files/" + path);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private Answer say(String token, String content) {
        return call(
                "POST",
                "/conversations/" + pair + "/entries",
                token,
                "{\"clientId\":\"" + Integer.toUnsignedString(content.hashCode()) + "\",\"content\":" + content + "}");
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, (y < height / 2 ? Color.BLUE : Color.GREEN).getRGB() ^ (x * 31 % 64));
            }
        }
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    @Test
    void aPictureIsMeasuredAndGetsAThumbnail() throws Exception {
        var answer = upload(ada, picture("png", 1600, 1000));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("mime")).isEqualTo("image/png");
        assertThat(answer.number("width")).isEqualTo(1600);
        assertThat(answer.number("height")).isEqualTo(1000);
        assertThat(answer.text("blurhash")).hasSizeGreaterThan(20);
        var small = download(ada, answer.number("thumbnail") + "");
        var decoded = ImageIO.read(new ByteArrayInputStream(small.body()));
        assertThat(decoded.getWidth()).isEqualTo(640);
        assertThat(decoded.getHeight()).isEqualTo(400);
        assertThat(download(ada, answer.number("fileId") + "/thumbnail").body()).isEqualTo(small.body());
    }

    @Test
    void aSmallPictureIsItsOwnThumbnail() throws Exception {
        var answer = upload(ada, picture("gif", 20, 10));
        assertThat(answer.body().has("thumbnail")).isFalse();
        String path = answer.number("fileId") + "";
        assertThat(download(ada, path + "/thumbnail").body())
                .isEqualTo(download(ada, path).body());
    }

    @Test
    void anythingElseIsOnlyForSaving() throws Exception {
        byte[] page = "<!doctype html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        var answer = upload(ada, page);
        assertThat(answer.text("mime")).isEqualTo("text/html");
        var file = download(ada, answer.number("fileId") + "");
        assertThat(file.body()).isEqualTo(page);
        var headers = file.headers();
        assertThat(headers.firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(headers.firstValue("Content-Disposition")).contains("attachment");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Content-Security-Policy")).contains("sandbox; default-src 'none'");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control").orElseThrow())
                .contains("private")
                .contains("immutable");
    }

    @Test
    void aFormCarriesAFileAndItsName() throws Exception {
        String form = """
                --x
                Content-Disposition: form-data; name="note"

                hello
                --x
                Content-Disposition: form-data; name="file"; filename="../../计划.txt"
                Content-Type: text/html

                plain words
                --x--
                """.replace("\n", "\r\n");
        var answer = send(request("/api/v1/files")
                .header("Authorization", "Bearer " + ada)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        assertThat(answer.status()).isEqualTo(201);
        var file = download(ada, answer.number("fileId") + "");
        assertThat(new String(file.body(), StandardCharsets.UTF_8)).isEqualTo("plain words");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains("filename*=UTF-8''%E8%AE%A1%E5%88%92.txt")
                .doesNotContain("..");
    }

    @Test
    void rangesAreServed() throws Exception {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7 + i / 256);
        }
        String path = upload(ada, bytes).number("fileId") + "";
        var part = download(ada, path, "Range", "bytes=50000-50009");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 50000-50009/100000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 50000, 50010));
        assertThat(download(ada, path, "Range", "bytes=-5").body()).isEqualTo(Arrays.copyOfRange(bytes, 99995, 100000));
        assertThat(download(ada, path, "Range", "bytes=99990-").body()).hasSize(10);
        assertThat(download(ada, path, "Range", "bytes=0-1,5-6").body()).hasSize(100_000);
        assertThat(download(ada, path, "Range", "bytes=5-2").body()).hasSize(100_000);
        var beyond = download(ada, path, "Range", "bytes=100000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */100000");

        String tag = part.headers().firstValue("ETag").orElseThrow();
        assertThat(download(ada, path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(download(ada, path, "Range", "bytes=0-1", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(download(ada, path, "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void onlyThoseWhoSeeTheMessageReadItsFiles() throws Exception {
        long file = upload(ada, "for grace".getBytes(StandardCharsets.UTF_8)).number("fileId");
        String content =
                "{\"kind\":\"file\",\"file\":" + file + ",\"name\":\"a.txt\",\"size\":9,\"mime\":\"text/plain\"}";
        assertThat(download(grace, file + "").statusCode()).isEqualTo(404);
        assertThat(download("", file + "").statusCode()).isEqualTo(401);
        assertThat(say(grace, content).text("code")).isEqualTo("not-found");
        var sent = say(ada, content);
        assertThat(sent.status()).isEqualTo(201);
        assertThat(new String(download(grace, file + "").body(), StandardCharsets.UTF_8))
                .isEqualTo("for grace");
        assertThat(download(eve, file + "").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/files/" + file + "/url", eve, null).status()).isEqualTo(404);
    }

    @Test
    void aMessageSaysWhatItsFileIs() throws Exception {
        long text = upload(ada, "no picture".getBytes(StandardCharsets.UTF_8)).number("fileId");
        var refused = say(ada, "{\"kind\":\"image\",\"file\":" + text + ",\"width\":1,\"height\":1}");
        assertThat(refused.text("code")).isEqualTo("malformed");
        assertThat(refused.text("detail")).isEqualTo("content.file: " + text + " is of kind other (expected: image)");
        var missing = say(ada, "{\"kind\":\"image\",\"file\":999999,\"width\":1,\"height\":1}");
        assertThat(missing.text("code")).isEqualTo("not-found");
        assertThat(missing.text("detail")).startsWith("content.file: 999999");
    }

    @Test
    void anAddressIsGoodWithoutAToken() throws Exception {
        long file = upload(ada, picture("png", 30, 30)).number("fileId");
        String url = call("GET", "/files/" + file + "/url", ada, null).text("url");
        assertThat(url).startsWith("/api/v1/files/" + file + "?");
        String query = url.substring("/api/v1/files/".length());
        assertThat(download("", query).statusCode()).isEqualTo(200);
        assertThat(download("", query, "Range", "bytes=0-3").body()).hasSize(4);
        assertThat(download("", query.substring(0, query.length() - 1) + (query.endsWith("0") ? "1" : "0"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(download("", query.replaceFirst("user=\\d+", "user=" + id(grace)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(download("", query.replaceFirst("expires=\\d+", "expires=9999999999999"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void picturesOfPeopleAreSeenByEverybody() throws Exception {
        long file = upload(ada, picture("jpg", 64, 64)).number("fileId");
        assertThat(call("PUT", "/me/avatar", grace, "{\"avatar\":\"" + file + "\"}")
                        .text("code"))
                .isEqualTo("not-found");
        assertThat(call("PUT", "/me/avatar", ada, "{\"avatar\":\"" + file + "\"}")
                        .text("avatar"))
                .isEqualTo(file + "");
        assertThat(download(eve, file + "").statusCode()).isEqualTo(200);
        assertThat(download("", file + "").statusCode()).isEqualTo(401);
        call("PUT", "/me/avatar", ada, "{\"avatar\":\"\"}");
        assertThat(download(eve, file + "").statusCode()).isEqualTo(404);
        long text = upload(ada, "no picture".getBytes(StandardCharsets.UTF_8)).number("fileId");
        assertThat(call("PUT", "/me/avatar", ada, "{\"avatar\":\"" + text + "\"}")
                        .text("code"))
                .isEqualTo("not-found");
    }

    @Test
    void itIsOffered() throws Exception {
        var options = http.send(
                request("/api/v1/files")
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(options.headers().firstValue("Allow").orElseThrow()).contains("POST");
    }
}
