package io.magpie.core.file;

import io.magpie.core.outcome.Outcome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Port: finds out from its bytes what an uploaded file is, and makes it fit to be shown to others. Bounded in
/// memory, time and number, whatever the bytes are.
public interface MediaInspector {
    /// How many bytes [#guess] wants to see.
    int HEAD = 8192;

    /// What it will most likely turn out to be. Does not block.
    ///
    /// @param head the first bytes, at most [#HEAD]
    FileKind guess(byte[] head);

    /// Looks at all of it. What claims by its bytes to be a picture, sound or film but is broken or beyond the limits
    /// is rejected. Blocks; any thread but an event loop.
    ///
    /// @param folder for files that are made, which the caller deletes
    Outcome<Inspected> inspect(Path file, String name, Path folder);

    /// @param bytes the file itself, or a cleaned one: turned upright, without the place and the device it was made
    ///     with
    /// @param preview a small picture of it
    record Inspected(Media media, Path bytes, @Nullable Preview preview) {}

    record Preview(Media media, Path bytes) {}
}
