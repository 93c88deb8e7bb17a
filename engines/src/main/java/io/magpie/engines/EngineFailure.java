package io.magpie.engines;

/// An engine that cannot be installed, started or stopped; the message says which and what it wrote last.
public final class EngineFailure extends RuntimeException {
    public EngineFailure(String message) {
        super(message);
    }

    public EngineFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
