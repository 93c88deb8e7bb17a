package io.magpie.core.store;

/// The store did not commit: a full disk, a failing file, an engine that is down, or too much work waiting. The
/// client is told `unavailable` and repeats.
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
