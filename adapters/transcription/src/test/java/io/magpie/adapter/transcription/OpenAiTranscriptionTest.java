package io.magpie.adapter.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.transcription.Transcription.Heard;
import io.magpie.core.transcription.Transcription.Recording;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiTranscriptionTest {
    private static final String PATH = "/v1/audio/transcriptions";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] SOUND = {0, 1, (byte) 0xff, '\r', '\n', '-', '-', 'x', '\r', '\n', 0};

    private final Service service = new Service();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void asksAsDocumented() throws Exception {
        service.on(PATH, _ -> new Service.Answer(200, "{\"text\":\"你好, Ada.\",\"usage\":{\"type\":\"duration\"}}"));
        assertThat(hear("sk-test", "de", "audio/webm", LONG)).isEqualTo(new Heard.Said("你好, Ada."));

        var asked = service.asked().getFirst();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer sk-test");
        var parts = parts(asked);
        assertThat(parts.stream().map(Part::name))
                .containsExactlyInAnyOrder("file", "model", "response_format", "language");
        assertThat(value(parts, "model")).isEqualTo("whisper-1");
        assertThat(value(parts, "response_format")).isEqualTo("json");
        assertThat(value(parts, "language")).isEqualTo("de");
        var file = parts.stream()
                .filter(part -> part.name().equals("file"))
                .findFirst()
                .orElseThrow();
        assertThat(file.head()).contains("filename=\"voice.webm\"").contains("Content-Type: audio/webm");
        assertThat(file.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(SOUND);
    }

    @Test
    void keyAndLanguageAreLeftOutWhereThereIsNone() throws Exception {
        service.on(PATH, _ -> new Service.Answer(200, "{\"text\":\"\"}"));
        assertThat(hear(null, null, "audio/mpeg", LONG)).isEqualTo(new Heard.Said(""));
        var asked = service.asked().getFirst();
        assertThat(asked.headers()).doesNotContainKey("authorization");
        assertThat(parts(asked).stream().map(Part::name)).containsExactlyInAnyOrder("file", "model", "response_format");
        assertThat(asked.body()).contains("filename=\"voice.mp3\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void troublesThatPassAreForLater(int status) throws Exception {
        service.on(PATH, _ -> new Service.Answer(status, Map.of("Retry-After", "7"), ""));
        assertThat(hear("k", null, "audio/ogg", LONG)).isInstanceOfSatisfying(Heard.Later.class, later -> {
            assertThat(later.waitMs()).isEqualTo(7000);
            assertThat(later.why()).contains("status " + status);
        });
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_value", "401, invalid_api_key", "413, ''", "404, model_not_found"})
    void refusalsAreForGoodAndRepeatNoKey(int status, String code) throws Exception {
        service.on(
                PATH,
                _ -> new Service.Answer(
                        status,
                        "{\"error\":{\"message\":\"Incorrect API key provided: sk-secret\",\"code\":\"%s\"}}"
                                .formatted(code)));
        assertThat(hear("sk-secret", null, "audio/ogg", LONG))
                .isInstanceOfSatisfying(
                        Heard.Never.class,
                        never -> assertThat(never.why())
                                .contains("status " + status, code)
                                .doesNotContain("sk-secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "<html>502</html>", "[]", "{\"text\":7}", "{\"txt\":\"x\"}", "null"})
    void garbageIsNoTranscript(String body) throws Exception {
        service.on(PATH, _ -> new Service.Answer(200, body));
        assertThat(hear("k", null, "audio/ogg", LONG)).isInstanceOf(Heard.Later.class);
    }

    @Test
    void endlessAnswersEnd() throws Exception {
        service.on(PATH, _ -> new Service.Answer(200, "{\"text\":\"" + "x".repeat(2 << 20) + "\"}"));
        assertThat(hear("k", null, "audio/ogg", LONG)).isInstanceOf(Heard.Later.class);
    }

    @Test
    void whoDoesNotAnswerIsAskedLater() throws Exception {
        service.on(PATH, _ -> new Service.Answer(0, ""));
        assertThat(hear("k", null, "audio/ogg", Duration.ofMillis(200)))
                .isInstanceOfSatisfying(
                        Heard.Later.class,
                        later -> assertThat(later.why()).isEqualTo(service.url(PATH) + ": no answer within 200 ms"));
    }

    @Test
    void whoIsNotThereIsAskedLater() throws Exception {
        var nowhere = service.url("");
        service.close();
        assertThat(hear(nowhere, "k", null, "audio/ogg", LONG)).isInstanceOf(Heard.Later.class);
    }

    @Test
    void aFormatThatIsNotDocumentedIsNotSent() throws Exception {
        assertThat(hear("k", null, "audio/amr", LONG)).isInstanceOf(Heard.Never.class);
        assertThat(service.asked()).isEmpty();
    }

    private Heard hear(@Nullable String key, @Nullable String language, String mime, Duration timeout)
            throws InterruptedException {
        return hear(service.url("/"), key, language, mime, timeout);
    }

    private static Heard hear(URI url, @Nullable String key, @Nullable String language, String mime, Duration timeout)
            throws InterruptedException {
        try (var transcription =
                new OpenAiTranscription(new OpenAiTranscription.Settings(url, key, "whisper-1", language, timeout))) {
            return transcription.hear(new Recording(mime, 900, SOUND));
        }
    }

    private record Part(String name, String head, String body) {}

    private static String value(List<Part> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow()
                .body();
    }

    /// As RFC 7578 has it, byte for byte.
    private static List<Part> parts(Service.Asked asked) {
        var boundary = asked.header("Content-Type").replaceFirst("^multipart/form-data; boundary=", "");
        assertThat(boundary).matches("[0-9A-Za-z'()+_,./:=?-]{1,70}");
        var body = asked.body();
        assertThat(body).startsWith("--" + boundary + "\r\n").endsWith("\r\n--" + boundary + "--\r\n");
        var parts = new ArrayList<Part>();
        var inner = body.substring(boundary.length() + 4, body.length() - boundary.length() - 8);
        for (var part : inner.split(Pattern.quote("\r\n--" + boundary + "\r\n"), -1)) {
            int end = part.indexOf("\r\n\r\n");
            var head = part.substring(0, end);
            var name = Pattern.compile("Content-Disposition: form-data; name=\"([^\"]+)\"")
                    .matcher(head);
            assertThat(name.find()).isTrue();
            parts.add(new Part(name.group(1), head, part.substring(end + 4)));
        }
        return parts;
    }
}
