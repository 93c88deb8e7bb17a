package io.magpie.server;

import io.magpie.core.transcription.Transcriber;
import org.jspecify.annotations.Nullable;

/// Runs the transcriber while the server runs. A stop does not wait for recordings under way.
final class Transcribing extends Inside {
    private final @Nullable Transcriber transcriber;

    Transcribing(@Nullable Transcriber transcriber) {
        this.transcriber = transcriber;
    }

    @Override
    void begin() {
        if (transcriber != null) {
            transcriber.start();
        }
    }

    @Override
    void end() {
        if (transcriber != null) {
            transcriber.close();
        }
    }
}
