package io.magpie.engines;

/// An engine that cannot be installed, started or stopped; the message says which and what it wrote last.
public final class EngineFailure extends RuntimeException {
    EngineFailure(String message) {
        super(message);
    }

    EngineFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
