package io.magpie.gateway;

import java.io.IOException;

/// A port that cannot be listened on.
public final class PortTakenException extends IOException {
    private final String port;
    private final int number;

    PortTakenException(String port, String host, int number, Throwable cause) {
        super(
                "%s port: %s:%d cannot be listened on (expected: a free port of an own address)"
                        .formatted(port, host, number),
                cause);
        this.port = port;
        this.number = number;
    }

    /// Its name: `realtime` or `tcp`.
    public String port() {
        return port;
    }

    public int number() {
        return number;
    }
}
