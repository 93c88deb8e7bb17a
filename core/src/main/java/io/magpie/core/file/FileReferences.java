package io.magpie.core.file;

import io.magpie.core.log.Content;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files that a content carries.
public final class FileReferences {
    private FileReferences() {}

    /// @param field where it is named
    /// @param kind what it must be; null for anything
    public record Reference(
            String field, long file, @Nullable FileKind kind) {}

    /// Empty for most contents, without any work.
    public static List<Reference> of(@Nullable Content content) {
        return switch (content) {
            case Content.Image image -> references(image.file(), FileKind.IMAGE, "thumbnail", image.thumbnail());
            case Content.Voice voice -> references(voice.file(), FileKind.AUDIO, "", 0);
            case Content.Video video -> references(video.file(), FileKind.VIDEO, "cover", video.cover());
            case Content.File file -> references(file.file(), null, "", 0);
            case Content.Text _, Content.Sticker _, Content.Location _, Content.Card _, Content.Custom _ -> List.of();
            case null -> List.of();
        };
    }

    private static List<Reference> references(long file, @Nullable FileKind kind, String previewField, long preview) {
        return Stream.of(
                        new Reference("content.file", file, kind),
                        new Reference("content." + previewField, preview, FileKind.IMAGE))
                .filter(reference -> reference.file() > 0)
                .toList();
    }
}
