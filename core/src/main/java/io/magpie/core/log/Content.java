package io.magpie.core.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message carries. Ids of files are positive; an absent optional number is 0, an absent optional text is
/// null.
public sealed interface Content {
    /// @param text not empty, at most 8 KiB of UTF-8
    record Text(String text) implements Content {}

    record Image(
            long file,
            int width,
            int height,
            long thumbnail,
            @Nullable String blurhash) implements Content {}

    /// @param waveform loudness over time, each 0..255; empty if absent
    record Voice(
            long file,
            long durationMs,
            List<Integer> waveform,
            @Nullable String transcript) implements Content {}

    record Video(long file, int width, int height, long durationMs, long cover) implements Content {}

    record File(long file, String name, long size, String mime) implements Content {}

    record Sticker(String pack, String name) implements Content {}

    record Location(double lat, double lon, @Nullable String label) implements Content {}

    /// A visiting card: of a user or of a group; the other one is 0.
    record Card(long user, long group) implements Content {}

    /// @param dataJson any JSON value as its compact text, at most 8 KiB of UTF-8
    record Custom(String schema, String dataJson) implements Content {}
}
