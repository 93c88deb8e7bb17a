package io.magpie.adapter.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Decodes sound and film with the machine's `ffmpeg`, each time in a process of its own that is bounded in time and
/// memory, gets one local file in a format we name, and may open nothing else. A decoder that is broken into has
/// nothing but that.
final class Ffmpeg {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LONGEST_S = 3600;

    /// Of address space, in kilobytes: many times what a frame takes.
    private static final int MEMORY_KB = 2_000_000;

    /// What a shell says of a program that it cannot find or may not run.
    private static final int NO_PROGRAM = 126;

    private final String program;
    private final Duration patience;

    /// @param program its name or path
    Ffmpeg(String program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /// How a run came out.
    enum End {
        DONE,
        FAILED,
        LATE,
        ABSENT
    }

    /// Where the machine has one.
    static Optional<Ffmpeg> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : path.split(":", -1)) {
            Path program = Path.of(folder.isEmpty() ? "." : folder, "ffmpeg");
            if (program.isAbsolute() && Files.isExecutable(program)) {
                return Optional.of(new Ffmpeg(program.toString(), PATIENCE));
            }
        }
        return Optional.empty();
    }

    /// The loudness of the sound over time; empty if it cannot be decoded.
    List<Integer> loudness(Format format, Path file, Path folder) throws IOException, InterruptedException {
        Path samples = folder.resolve("samples");
        var end = run(
                format,
                file,
                "0",
                List.of(
                        "-map",
                        "0:a:0",
                        "-t",
                        Long.toString(LONGEST_S),
                        "-ac",
                        "1",
                        "-ar",
                        Integer.toString(Loudness.SAMPLES_PER_SECOND),
                        "-f",
                        "s16le",
                        "-c:a",
                        "pcm_s16le",
                        samples.toString()));
        if (end != End.DONE || !Files.exists(samples)) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(samples)) {
            return Loudness.of(in);
        }
    }

    /// A frame near the beginning as a JPEG; empty if none can be decoded.
    Optional<Path> cover(Format format, Path file, long durationMs, Path folder)
            throws IOException, InterruptedException {
        Path cover = folder.resolve("cover.jpg");
        // Many films begin in the dark.
        for (String second : List.of(Double.toString(Math.min(1.0, durationMs / 4000.0)), "0")) {
            var end = run(
                    format,
                    file,
                    second,
                    List.of(
                            "-map",
                            "0:v:0",
                            "-frames:v",
                            "1",
                            "-vf",
                            "scale='min(1280,iw)':-2",
                            "-q:v",
                            "3",
                            "-f",
                            "image2",
                            "-c:v",
                            "mjpeg",
                            cover.toString()));
            if (end == End.DONE && Files.exists(cover)) {
                return Optional.of(cover);
            }
        }
        return Optional.empty();
    }

    private End run(Format format, Path file, String second, List<String> output)
            throws IOException, InterruptedException {
        return run(demuxer(format), file, second, output);
    }

    /// @param format as ffmpeg calls it
    End run(String format, Path file, String second, List<String> output) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(
                "/bin/sh",
                "-c",
                bounded(),
                program,
                "-nostdin",
                "-hide_banner",
                "-v",
                "quiet",
                "-y",
                "-threads",
                "1",
                "-protocol_whitelist",
                "file",
                "-f",
                format,
                "-ss",
                second,
                "-i",
                "file:" + file.toAbsolutePath(),
                "-threads",
                "1"));
        command.addAll(output);
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(Map.of("PATH", "", "LANG", "").keySet());
        var process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return End.LATE;
            }
            return switch (process.exitValue()) {
                case 0 -> End.DONE;
                case NO_PROGRAM, NO_PROGRAM + 1 -> End.ABSENT;
                default -> End.FAILED;
            };
        } finally {
            process.destroyForcibly();
        }
    }

    private String bounded() {
        long seconds = patience.toSeconds() + 1;
        return "ulimit -v " + MEMORY_KB + "; ulimit -t " + seconds + "; ulimit -c 0; exec \"$0\" \"$@\"";
    }

    private static String demuxer(Format format) {
        return switch (format) {
            case MP4 -> "mov";
            case MATROSKA -> "matroska";
            case OGG -> "ogg";
            case WAVE -> "wav";
            case MP3 -> "mp3";
            case JPEG, PNG, GIF, WEBP, OTHER -> throw new IllegalArgumentException("no sound nor film: " + format);
        };
    }
}
