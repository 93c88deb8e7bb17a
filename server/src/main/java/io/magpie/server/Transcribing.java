package io.magpie.server;

import io.magpie.core.transcription.Transcriber;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Runs the transcriber while the server runs. A stop does not wait for recordings under way.
final class Transcribing implements SmartLifecycle {
    private final @Nullable Transcriber transcriber;
    private volatile boolean running;

    Transcribing(@Nullable Transcriber transcriber) {
        this.transcriber = transcriber;
    }

    @Override
    public void start() {
        running = true;
        if (transcriber != null) {
            transcriber.start();
        }
    }

    @Override
    public void stop() {
        running = false;
        if (transcriber != null) {
            transcriber.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
