package io.magpie.gateway;

import io.magpie.core.command.Event;

/// Why a connection ended; every one ends with exactly one of these.
public enum CloseReason {
    /// The client said goodbye: `bye`, or its transport's own way.
    CLIENT(1000, "client"),
    /// The socket ended without a goodbye.
    GONE(1006, "gone"),
    /// Answered over HTTP instead of becoming a session.
    REFUSED(1008, "refused"),
    HELLO_TIMEOUT(1008, "hello-timeout"),
    MALFORMED(1008, "malformed"),
    PROTOCOL_ERROR(1002, "protocol-error"),
    TOO_LARGE(1009, "too-large"),
    FAULT(1011, "fault"),
    DRAINING(1001, "draining"),
    MOVED(1001, "moved"),
    REPLACED(1008, "replaced"),
    LOGGED_OUT(1008, "logged-out"),
    KICKED(1008, "kicked"),
    IDLE(1001, "idle"),
    SLOW(1008, "slow");

    private final int webSocketCode;
    private final String wireName;

    CloseReason(int webSocketCode, String wireName) {
        this.webSocketCode = webSocketCode;
        this.wireName = wireName;
    }

    int webSocketCode() {
        return webSocketCode;
    }

    /// Also the text of a WebSocket close frame, and the label in metrics.
    public String wireName() {
        return wireName;
    }

    static CloseReason of(Event.Bye.Reason reason) {
        return switch (reason) {
            case DRAINING -> DRAINING;
            case MOVED -> MOVED;
            case REPLACED -> REPLACED;
            case LOGGED_OUT -> LOGGED_OUT;
            case KICKED -> KICKED;
            case IDLE -> IDLE;
            case SLOW -> SLOW;
        };
    }
}
