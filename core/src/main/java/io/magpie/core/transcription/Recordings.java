package io.magpie.core.transcription;

import io.magpie.core.log.Content;
import java.util.Optional;

/// Where the bytes of voice messages come from. Blocks.
public interface Recordings {
    /// Empty if there is no such file any more, or it is larger than is sent anywhere.
    ///
    /// @throws io.magpie.core.store.StoreUnavailableException if it cannot be read now
    Optional<Transcription.Recording> of(Content.Voice voice);
}
