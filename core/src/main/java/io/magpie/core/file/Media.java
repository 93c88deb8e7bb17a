package io.magpie.core.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an inspection found. An absent number is 0, an absent text is null.
///
/// @param width as it is shown, after turning
/// @param waveform loudness over time, each 0..255; empty if unknown
/// @param blurhash a few colours to show before the picture is there
public record Media(
        FileKind kind,
        String mime,
        int width,
        int height,
        long durationMs,
        List<Integer> waveform,
        @Nullable String blurhash) {
    /// Something nobody looks into.
    public static Media other(String mime) {
        return new Media(FileKind.OTHER, mime, 0, 0, 0, List.of(), null);
    }

    public static Media image(String mime, int width, int height, @Nullable String blurhash) {
        return new Media(FileKind.IMAGE, mime, width, height, 0, List.of(), blurhash);
    }

    public static Media audio(String mime, long durationMs, List<Integer> waveform) {
        return new Media(FileKind.AUDIO, mime, 0, 0, durationMs, waveform, null);
    }
}
