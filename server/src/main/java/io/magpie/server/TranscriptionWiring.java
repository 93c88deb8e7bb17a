package io.magpie.server;

import io.magpie.adapter.media.FfmpegSpeech;
import io.magpie.adapter.transcription.BaiduTranscription;
import io.magpie.adapter.transcription.OpenAiTranscription;
import io.magpie.core.file.FileStore;
import io.magpie.core.journal.Journal;
import io.magpie.core.message.Moderation;
import io.magpie.core.storage.Storage;
import io.magpie.core.transcription.StoredRecordings;
import io.magpie.core.transcription.Transcriber;
import io.magpie.core.transcription.Transcription;
import io.magpie.core.transcription.TranscriptionStats;
import io.magpie.core.transcription.VoiceQueue;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Who writes down what is said in voice messages.
@Configuration(proxyBeanMethods = false)
class TranscriptionWiring {
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration CONVERSION = Duration.ofSeconds(30);

    @Bean
    TranscriptionStats transcriptionStats() {
        return new TranscriptionStats();
    }

    @Bean
    CommitTap commitTap(Settings settings, PushTap push, TranscriptionStats stats) {
        if (settings.transcription() == Settings.TranscriptionKind.NONE) {
            return new CommitTap(push.afterCommit(), null);
        }
        var voices = new VoiceQueue(push.afterCommit(), MOST_WAITING, stats);
        return new CommitTap(voices, voices);
    }

    @Bean
    Transcribing transcribing(
            Settings settings,
            CommitTap tap,
            Storage storage,
            FileStore bytes,
            Journal journal,
            Moderation moderation,
            TranscriptionStats stats,
            InstantSource clock) {
        var voices = tap.voices();
        if (voices == null) {
            return new Transcribing(null);
        }
        return new Transcribing(new Transcriber(
                voices,
                service(settings, clock),
                new StoredRecordings(storage.files(), bytes),
                storage.log(),
                journal,
                moderation,
                new Transcriber.Pace(THREADS, FIRST_PAUSE, clock),
                stats));
    }

    private static Transcription service(Settings settings, InstantSource clock) {
        return switch (settings.transcription()) {
            case OPENAI -> {
                var openai = settings.openai();
                yield new OpenAiTranscription(new OpenAiTranscription.Settings(
                        URI.create(openai.url()),
                        text(openai.key()).orElse(null),
                        openai.model(),
                        openai.language(),
                        Duration.ofMillis(openai.timeoutMs())));
            }
            case BAIDU -> {
                var baidu = settings.baidu();
                yield new BaiduTranscription(
                        new BaiduTranscription.Settings(
                                URI.create(baidu.url()),
                                URI.create(baidu.tokenUrl()),
                                text(baidu.apiKey()).orElseThrow(),
                                text(baidu.secretKey()).orElseThrow(),
                                baidu.model(),
                                settings.node().id(),
                                Duration.ofMillis(baidu.timeoutMs())),
                        new FfmpegSpeech(baidu.ffmpeg(), CONVERSION),
                        clock);
            }
            case NONE -> throw new IllegalStateException("transcription: none (expected: a service)");
        };
    }

    private static Optional<String> text(@Nullable Secret secret) {
        return Optional.ofNullable(secret).map(Secret::value);
    }
}
