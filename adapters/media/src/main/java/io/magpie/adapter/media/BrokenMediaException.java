package io.magpie.adapter.media;

import java.io.IOException;

/// The bytes are not what they claim to be. The message says what is wrong, for the one who uploaded it.
final class BrokenMediaException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenMediaException(String message) {
        super(message);
    }

    BrokenMediaException(String message, Throwable cause) {
        super(message, cause);
    }
}
