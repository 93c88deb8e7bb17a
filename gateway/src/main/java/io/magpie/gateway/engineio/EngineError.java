package io.magpie.gateway.engineio;

import io.netty.handler.codec.http.HttpResponseStatus;

/// Why a request is refused, with the codes and sentences that clients of Engine.IO know.
enum EngineError {
    UNKNOWN_TRANSPORT(0, "Transport unknown", 400),
    UNKNOWN_SESSION(1, "Session ID unknown", 400),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method", 400),
    BAD_REQUEST(3, "Bad request", 400),
    FORBIDDEN(4, "Forbidden", 403),
    UNSUPPORTED_VERSION(5, "Unsupported protocol version", 400),
    /// Not of the protocol: too many connections. Clients try again later.
    OVERLOADED(3, "Too many connections; try again later", 503),
    TOO_LARGE(3, "Payload too large", 413);

    private final String json;
    private final int status;

    EngineError(int code, String sentence, int status) {
        this.json = "{\"code\":" + code + ",\"message\":\"" + sentence + "\"}";
        this.status = status;
    }

    String json() {
        return json;
    }

    HttpResponseStatus status() {
        return HttpResponseStatus.valueOf(status);
    }
}
