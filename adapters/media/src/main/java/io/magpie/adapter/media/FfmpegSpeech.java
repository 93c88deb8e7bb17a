package io.magpie.adapter.media;

import io.magpie.core.transcription.SpeechDecoder;
import io.magpie.core.transcription.Transcription.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Decodes recordings with `ffmpeg`, where it is installed. It is told the format, so that nothing in a recording can
/// make it open other files.
public final class FfmpegSpeech implements SpeechDecoder {
    private static final int RATE = 16_000;
    private static final int SECONDS = 60;

    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("audio/webm", "matroska"),
            Map.entry("video/webm", "matroska"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/mp4", "mov"),
            Map.entry("video/mp4", "mov"),
            Map.entry("audio/wav", "wav"),
            Map.entry("audio/flac", "flac"),
            Map.entry("audio/amr", "amr"),
            Map.entry("audio/aac", "aac"));

    private final Ffmpeg ffmpeg;

    /// @param program its name or path
    public FfmpegSpeech(String program, Duration timeout) {
        this.ffmpeg = new Ffmpeg(program, timeout);
    }

    @Override
    public Decoded decode(Recording recording) throws InterruptedException {
        String format = FORMATS.get(recording.mime());
        if (format == null) {
            return new Decoded.Not("it is no format that is known here");
        }
        try {
            var folder = Files.createTempDirectory("magpie-voice");
            try {
                return decode(recording, format, folder);
            } finally {
                for (var name : List.of("in", "out")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            return new Decoded.Not("it cannot be converted: " + e.getMessage());
        }
    }

    private Decoded decode(Recording recording, String format, Path folder) throws IOException, InterruptedException {
        var in = Files.write(folder.resolve("in"), recording.bytes());
        var out = folder.resolve("out");
        var end = ffmpeg.run(
                format,
                in,
                "0",
                List.of(
                        "-vn",
                        "-ac",
                        "1",
                        "-ar",
                        Integer.toString(RATE),
                        "-t",
                        Integer.toString(SECONDS),
                        "-f",
                        "s16le",
                        out.toString()));
        return switch (end) {
            case DONE ->
                Files.exists(out) && Files.size(out) > 0
                        ? new Decoded.Sound(Files.readAllBytes(out))
                        : new Decoded.Not("there is no sound in it");
            case FAILED -> new Decoded.Not("ffmpeg could not read it");
            case LATE -> new Decoded.Not("ffmpeg took too long to convert it");
            case ABSENT -> new Decoded.Not("there is no ffmpeg to convert it");
        };
    }
}
