package io.magpie.adapter.transcription;

import io.magpie.core.transcription.Transcription.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Turns recordings into raw PCM of 16 kHz, 16 bits and one channel by the program `ffmpeg`, where it is installed.
/// It is told the format, so that nothing in a recording can make it open other files, and ended when it takes too
/// long. Blocks; several threads at a time.
public final class Ffmpeg {
    private static final int RATE = 16_000;
    private static final int SECONDS = 60;

    /// A minute of what comes out.
    private static final int MOST_BYTES = SECONDS * RATE * 2;

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

    private final String program;
    private final Duration timeout;

    /// @param program its name or path
    public Ffmpeg(String program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    Speech.Result pcm(Recording recording) throws InterruptedException {
        String format = FORMATS.get(recording.mime());
        if (format == null) {
            return new Speech.Result.Refused(recording.mime() + ": not a format that is known here");
        }
        try {
            var folder = Files.createTempDirectory("magpie-voice");
            try {
                return convert(recording, format, folder);
            } finally {
                for (var name : List.of("in", "out")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            return new Speech.Result.Refused("a recording cannot be converted: " + e.getMessage());
        }
    }

    private Speech.Result convert(Recording recording, String format, Path folder)
            throws IOException, InterruptedException {
        var in = Files.write(folder.resolve("in"), recording.bytes());
        var out = folder.resolve("out");
        Process process;
        try {
            process = new ProcessBuilder(command(format, in, out))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException _) {
            return new Speech.Result.Refused(
                    recording.mime() + ": Baidu takes WAV of 16 kHz, and there is no ffmpeg to convert it");
        }
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Speech.Result.Refused("ffmpeg took longer than " + timeout.toMillis() + " ms");
            }
            if (process.exitValue() != 0 || !Files.exists(out) || Files.size(out) == 0) {
                return new Speech.Result.Refused("ffmpeg could not read a recording of " + recording.mime());
            }
            return new Speech.Result.Ready("pcm", Files.readAllBytes(out));
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(String format, Path in, Path out) {
        return List.of(
                program,
                "-nostdin",
                "-hide_banner",
                "-loglevel",
                "error",
                "-protocol_whitelist",
                "file",
                "-f",
                format,
                "-i",
                in.toString(),
                "-vn",
                "-ac",
                "1",
                "-ar",
                Integer.toString(RATE),
                "-t",
                Integer.toString(SECONDS),
                "-fs",
                Integer.toString(MOST_BYTES),
                "-f",
                "s16le",
                out.toString());
    }
}
