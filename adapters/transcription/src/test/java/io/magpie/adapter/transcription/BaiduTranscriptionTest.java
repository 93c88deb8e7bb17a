package io.magpie.adapter.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.transcription.SpeechDecoder;
import io.magpie.core.transcription.SpeechDecoder.Decoded;
import io.magpie.core.transcription.Transcription.Heard;
import io.magpie.core.transcription.Transcription.Recording;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class BaiduTranscriptionTest {
    private static final String SPEECH = "/server_api";
    private static final String TOKEN = "/oauth/2.0/token";
    private static final String GOOD = "{\"err_no\":0,\"err_msg\":\"success.\",\"corpus_no\":\"1\",\"sn\":\"s\","
            + "\"result\":[\"你好，艾达。\",\"你好，埃达。\"]}";

    private final Service service = new Service();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochMilli(1_790_000_000_000L));
    private final JsonMapper json = new JsonMapper();

    @BeforeEach
    void tokens() {
        service.on(
                TOKEN,
                _ -> new Service.Answer(
                        200,
                        "{\"access_token\":\"24.t%d\",\"expires_in\":2592000,\"scope\":\"audio_voice_assistant_get\"}"
                                .formatted(tokens.incrementAndGet())));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void asksAsDocumented() throws Exception {
        service.on(SPEECH, _ -> new Service.Answer(200, GOOD));
        var sound = wav(16_000, 1);
        try (var baidu = baidu()) {
            assertThat(baidu.hear(new Recording("audio/wav", 900, sound))).isEqualTo(new Heard.Said("你好，艾达。"));
        }
        var token = service.asked().get(0);
        assertThat(token.method()).isEqualTo("POST");
        assertThat(token.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(token.body()).isEqualTo("grant_type=client_credentials&client_id=key%26&client_secret=secret%3D");
        var speech = service.asked().get(1);
        assertThat(speech.method()).isEqualTo("POST");
        assertThat(speech.header("Content-Type")).isEqualTo("application/json");
        var body = json.readTree(speech.body());
        assertThat(body.get("format").stringValue()).isEqualTo("wav");
        assertThat(body.get("rate").intValue()).isEqualTo(16_000);
        assertThat(body.get("channel").intValue()).isEqualTo(1);
        assertThat(body.get("cuid").stringValue()).isEqualTo("magpie");
        assertThat(body.get("token").stringValue()).isEqualTo("24.t1");
        assertThat(body.get("dev_pid").intValue()).isEqualTo(1537);
        assertThat(body.get("len").intValue()).isEqualTo(sound.length);
        assertThat(Base64.getDecoder().decode(body.get("speech").stringValue())).isEqualTo(sound);
    }

    @Test
    void theTokenIsKeptUntilItEnds() throws Exception {
        service.on(SPEECH, _ -> new Service.Answer(200, GOOD));
        try (var baidu = baidu()) {
            hear(baidu);
            hear(baidu);
            assertThat(tokens).hasValue(1);
            now.updateAndGet(time -> time.plus(Duration.ofDays(30)));
            hear(baidu);
            assertThat(tokens).hasValue(2);
        }
    }

    @Test
    void aTokenThatIsNotAcceptedIsRenewedOnce() throws Exception {
        service.on(
                SPEECH,
                asked -> new Service.Answer(
                        200,
                        asked.body().contains("24.t1")
                                ? "{\"err_no\":3302,\"err_msg\":\"authentication failed.\"}"
                                : GOOD));
        try (var baidu = baidu()) {
            assertThat(hear(baidu)).isInstanceOf(Heard.Said.class);
            assertThat(tokens).hasValue(2);
        }
        service.on(SPEECH, _ -> new Service.Answer(200, "{\"err_no\":3302,\"err_msg\":\"authentication failed.\"}"));
        try (var baidu = baidu()) {
            assertThat(hear(baidu)).isInstanceOf(Heard.Never.class);
            assertThat(tokens).hasValue(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3300, Never",
        "3301, Said",
        "3303, Later",
        "3304, Later",
        "3305, Never",
        "3307, Later",
        "3308, Never",
        "3309, Never",
        "3310, Never",
        "3311, Never",
        "3312, Never",
        "9999, Never"
    })
    void errorNumbersSayWhetherToAskAgain(int number, String expected) throws Exception {
        service.on(SPEECH, _ -> new Service.Answer(200, "{\"err_no\":%d,\"err_msg\":\"no.\"}".formatted(number)));
        try (var baidu = baidu()) {
            var heard = hear(baidu);
            assertThat(heard.getClass().getSimpleName()).isEqualTo(expected);
            if (heard instanceof Heard.Said said) {
                assertThat(said.text()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "oops", "[]", "{}", "{\"err_no\":\"0\"}", "null"})
    void garbageIsNoTranscript(String answer) throws Exception {
        service.on(SPEECH, _ -> new Service.Answer(200, answer));
        try (var baidu = baidu()) {
            assertThat(hear(baidu)).isInstanceOf(Heard.Later.class);
        }
    }

    @Test
    void aResultOfNothingIsSilence() throws Exception {
        service.on(SPEECH, _ -> new Service.Answer(200, "{\"err_no\":0,\"result\":[]}"));
        try (var baidu = baidu()) {
            assertThat(hear(baidu)).isEqualTo(new Heard.Said(""));
        }
    }

    @Test
    void withoutATokenNothingIsSent() throws Exception {
        service.on(TOKEN, _ -> new Service.Answer(401, "{\"error\":\"invalid_client\"}"));
        try (var baidu = baidu()) {
            assertThat(hear(baidu))
                    .isInstanceOfSatisfying(
                            Heard.Never.class,
                            never -> assertThat(never.why())
                                    .contains("no access token")
                                    .doesNotContain("secret"));
        }
        service.on(TOKEN, _ -> new Service.Answer(503, ""));
        try (var baidu = baidu()) {
            assertThat(hear(baidu)).isInstanceOf(Heard.Later.class);
        }
        assertThat(service.asked()).allMatch(asked -> asked.path().equals(TOKEN));
    }

    @Test
    void whoDoesNotAnswerIsAskedLater() throws Exception {
        service.on(SPEECH, _ -> new Service.Answer(0, ""));
        try (var baidu = baidu()) {
            assertThat(hear(baidu)).isInstanceOf(Heard.Later.class);
        }
    }

    @Test
    void moreThanAMinuteIsNotSent() throws Exception {
        try (var baidu = baidu()) {
            assertThat(baidu.hear(new Recording("audio/wav", 60_001, wav(16_000, 1))))
                    .isInstanceOf(Heard.Never.class);
        }
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void whatBaiduDoesNotTakeIsSaidWhereItCannotBeDecoded() throws Exception {
        try (var baidu = baidu()) {
            for (var other : new Recording[] {
                new Recording("audio/webm", 900, new byte[] {1}),
                new Recording("audio/wav", 900, wav(44_100, 1)),
                new Recording("audio/wav", 900, wav(16_000, 2)),
                new Recording("audio/wav", 900, new byte[] {1, 2, 3})
            }) {
                assertThat(baidu.hear(other))
                        .isEqualTo(
                                new Heard.Never(other.mime() + ": Baidu takes WAV of 16 kHz, and there is no decoder"));
            }
        }
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void otherFormatsAreDecoded() throws Exception {
        service.on(SPEECH, _ -> new Service.Answer(200, GOOD));
        var webm = new Recording("audio/webm", 900, new byte[] {7, 8, 9});
        try (var baidu =
                baidu(recording -> new Decoded.Sound(recording.equals(webm) ? new byte[] {4, 5, 6} : new byte[] {}))) {
            assertThat(baidu.hear(webm)).isInstanceOf(Heard.Said.class);
        }
        var body = json.readTree(service.asked().getLast().body());
        assertThat(body.get("format").stringValue()).isEqualTo("pcm");
        assertThat(body.get("len").intValue()).isEqualTo(3);
        assertThat(Base64.getDecoder().decode(body.get("speech").stringValue())).containsExactly(4, 5, 6);
    }

    private Heard hear(BaiduTranscription baidu) throws InterruptedException {
        return baidu.hear(new Recording("audio/wav", 900, wav(16_000, 1)));
    }

    private BaiduTranscription baidu() {
        return baidu(_ -> new Decoded.Not("there is no decoder"));
    }

    private BaiduTranscription baidu(SpeechDecoder decoder) {
        return new BaiduTranscription(
                new BaiduTranscription.Settings(
                        service.url(SPEECH),
                        service.url(TOKEN),
                        "key&",
                        "secret=",
                        1537,
                        "magpie",
                        Duration.ofSeconds(2)),
                decoder,
                now::get);
    }

    private static byte[] wav(int rate, int channels) {
        var samples = new byte[320];
        var wav = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(rate * 2 * channels);
        wav.putShort((short) (2 * channels)).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(samples.length)
                .put(samples);
        return wav.array();
    }
}
