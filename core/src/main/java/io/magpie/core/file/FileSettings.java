package io.magpie.core.file;

/// What an upload may cost.
///
/// @param quotaBytes what one user may keep; 0 is without limit
public record FileSettings(long imageBytes, long audioBytes, long videoBytes, long otherBytes, long quotaBytes) {
    long most(FileKind kind) {
        return switch (kind) {
            case IMAGE -> imageBytes;
            case AUDIO -> audioBytes;
            case VIDEO -> videoBytes;
            case OTHER -> otherBytes;
        };
    }

    /// What any upload may have, before its kind is known.
    long most() {
        return Math.max(Math.max(imageBytes, audioBytes), Math.max(videoBytes, otherBytes));
    }
}
