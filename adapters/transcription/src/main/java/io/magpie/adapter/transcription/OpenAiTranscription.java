package io.magpie.adapter.transcription;

import io.magpie.core.transcription.Transcription;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `POST {url}/v1/audio/transcriptions` as OpenAI documents it, and as the servers that copy it take it
/// (whisper.cpp, vLLM, LocalAI and others): the recording as it is, the answer `{"text": …}`.
public final class OpenAiTranscription implements Transcription {
    private static final String PATH = "/v1/audio/transcriptions";
    private static final String SAFE_WORD = "[A-Za-z0-9_.-]{1,64}";

    /// By the end of the name the other end knows the format.
    private static final Map<String, String> ENDINGS = Map.ofEntries(
            Map.entry("audio/webm", "webm"),
            Map.entry("video/webm", "webm"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/mp4", "m4a"),
            Map.entry("video/mp4", "mp4"),
            Map.entry("audio/wav", "wav"),
            Map.entry("audio/flac", "flac"));

    private final Settings settings;
    private final URI endpoint;
    private final Calls calls;

    /// @param url the other end, without `/v1`
    /// @param key null where none is wanted
    /// @param language ISO 639-1; null lets the other end find out
    public record Settings(
            URI url,
            @Nullable String key,
            String model,
            @Nullable String language,
            Duration timeout) {}

    public OpenAiTranscription(Settings settings) {
        this.settings = settings;
        this.endpoint = URI.create(settings.url().toString().replaceFirst("/+$", "") + PATH);
        this.calls = new Calls(settings.timeout());
    }

    @Override
    public Heard hear(Recording recording) throws InterruptedException {
        String ending = ENDINGS.get(recording.mime());
        if (ending == null) {
            return new Heard.Never(recording.mime() + ": not a format that " + endpoint + " documents");
        }
        var form = new Multipart().field("model", settings.model()).field("response_format", "json");
        if (settings.language() != null) {
            form.field("language", settings.language());
        }
        byte[] body = form.file("file", "voice." + ending, recording.mime(), recording.bytes())
                .end();
        var request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", form.contentType())
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (settings.key() != null) {
            request.header("Authorization", "Bearer " + settings.key());
        }
        return heard(calls.send(request.build()));
    }

    private Heard heard(Calls.Answer answer) {
        if (answer.ok() && answer.body().path("text").isString()) {
            return new Heard.Said(answer.body().path("text").stringValue());
        }
        if (answer.ok()) {
            return new Heard.Later(endpoint + " answered without a text", 0);
        }
        String why = endpoint + ": " + answer.words() + code(answer.body());
        return answer.later() ? new Heard.Later(why, answer.waitMs()) : new Heard.Never(why);
    }

    /// Its message may hold parts of the key, so it is not repeated.
    private static String code(JsonNode body) {
        var code = body.path("error").path("code");
        return code.isString() && code.stringValue().matches(SAFE_WORD) ? ", " + code.stringValue() : "";
    }

    @Override
    public void close() {
        calls.close();
    }
}
