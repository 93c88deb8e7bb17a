package io.magpie.adapter.transcription;

import io.magpie.core.transcription.SpeechDecoder;
import io.magpie.core.transcription.Transcription;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Baidu's short speech recognition, as documented: the recording as Base64 in a JSON object, at most a minute of it,
/// 16 kHz, one channel; the answer `{"err_no": 0, "result": [ … ]}`.
public final class BaiduTranscription implements Transcription {
    private static final long LONGEST_MS = 60_000;
    private static final int RATE = 16_000;
    private static final long QUEUE_MS = 1_000;
    private static final int NOT_AUTHORIZED = 3302;

    private final Settings settings;
    private final Speech speech;
    private final Calls calls;
    private final BaiduToken token;

    /// @param url of the recognition
    /// @param tokenUrl where the access token comes from
    /// @param model `dev_pid`: 1537 is Mandarin, 1737 English
    /// @param cuid names this installation to Baidu
    public record Settings(
            URI url, URI tokenUrl, String apiKey, String secretKey, int model, String cuid, Duration timeout) {}

    /// @param decoder what turns other formats into one that Baidu takes
    public BaiduTranscription(Settings settings, SpeechDecoder decoder, InstantSource clock) {
        this.settings = settings;
        this.speech = new Speech(decoder);
        this.calls = new Calls(settings.timeout());
        this.token = new BaiduToken(calls, settings.tokenUrl(), settings.apiKey(), settings.secretKey(), clock);
    }

    @Override
    public Heard hear(Recording recording) throws InterruptedException {
        if (recording.durationMs() > LONGEST_MS) {
            return new Heard.Never(
                    recording.durationMs() + " ms (expected: at most " + LONGEST_MS + ", all Baidu takes)");
        }
        return switch (speech.of(recording)) {
            case Speech.Result.Refused(String why) -> new Heard.Never(why);
            case Speech.Result.Ready ready -> {
                var first = ask(ready);
                yield first.renew() ? ask(ready).heard() : first.heard();
            }
        };
    }

    /// @param renew whether the token was not good, so that a new one may do
    private record Asked(Heard heard, boolean renew) {}

    private Asked ask(Speech.Result.Ready ready) throws InterruptedException {
        return switch (token.get()) {
            case BaiduToken.Got.Failed(Calls.Answer answer) -> new Asked(noToken(answer), false);
            case BaiduToken.Got.Token(String text) -> {
                var answer = calls.send(request(ready, text));
                boolean bad = answer.body().path("err_no").asInt(0) == NOT_AUTHORIZED;
                if (bad) {
                    token.drop(text);
                }
                yield new Asked(heard(answer), bad);
            }
        };
    }

    private HttpRequest request(Speech.Result.Ready ready, String accessToken) {
        var body = calls.json().createObjectNode();
        body.put("format", ready.format())
                .put("rate", RATE)
                .put("channel", 1)
                .put("cuid", settings.cuid())
                .put("token", accessToken)
                .put("dev_pid", settings.model())
                .put("speech", Base64.getEncoder().encodeToString(ready.bytes()))
                .put("len", ready.bytes().length);
        return HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(calls.json().writeValueAsBytes(body)))
                .build();
    }

    private Heard noToken(Calls.Answer answer) {
        String why = settings.tokenUrl() + ": " + answer.words() + ", no access token";
        return answer.later() || answer.ok() ? new Heard.Later(why, answer.waitMs()) : new Heard.Never(why);
    }

    private Heard heard(Calls.Answer answer) {
        var number = answer.body().path("err_no");
        if (!answer.ok() || !number.isIntegralNumber()) {
            String why = settings.url() + ": " + answer.words();
            return answer.later() || answer.ok() ? new Heard.Later(why, answer.waitMs()) : new Heard.Never(why);
        }
        String why = settings.url() + ": err_no " + number.intValue();
        return switch (number.intValue()) {
            case 0 -> new Heard.Said(text(answer.body().path("result")));
            // Too quiet or too noisy to be understood: nothing was said.
            case 3301 -> new Heard.Said("");
            case 3303, 3307 -> new Heard.Later(why + ", a fault of the service", 0);
            case 3304 -> new Heard.Later(why + ", too many requests at a time", QUEUE_MS);
            case 3305 -> new Heard.Never(why + ", the requests of this day are used up");
            case NOT_AUTHORIZED -> new Heard.Never(why + ", the access token is not accepted");
            case 3308 -> new Heard.Never(why + ", too long");
            case 3309, 3310, 3311, 3312 -> new Heard.Never(why + ", the recording is not as it should be");
            default -> new Heard.Never(why);
        };
    }

    /// Each is a reading of the whole, the best one first.
    private static String text(JsonNode result) {
        return result.values().stream()
                .filter(JsonNode::isString)
                .limit(1)
                .map(JsonNode::stringValue)
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        calls.close();
    }
}
