package io.magpie.server.http;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;

/// What HTTP itself refuses, in the words of the protocol.
final class HttpErrors {
    private HttpErrors() {}

    static Rejection rejection(int status) {
        return switch (status) {
            case 404 -> new Rejection(ErrorCode.NOT_FOUND, "path: nothing is here; /openapi.json lists what there is");
            case 405 -> new Rejection(ErrorCode.UNSUPPORTED, "method: not served here (expected: one named in Allow)");
            case 406 -> new Rejection(ErrorCode.UNSUPPORTED, "Accept: only application/json is served");
            case 408 -> new Rejection(ErrorCode.MALFORMED, "request: did not come in time");
            case 417 -> new Rejection(ErrorCode.UNSUPPORTED, "Expect: not served (expected: 100-continue)");
            case 501 -> new Rejection(ErrorCode.UNSUPPORTED, "method or Transfer-Encoding: not served");
            case 505 -> new Rejection(ErrorCode.UNSUPPORTED, "HTTP version: not served (expected: HTTP/1.1)");
            case 413 -> new Rejection(ErrorCode.TOO_LARGE, "body: too large");
            case 415 -> new Rejection(ErrorCode.UNSUPPORTED, "Content-Type: not read (expected: application/json)");
            case 416 -> new Rejection(ErrorCode.MALFORMED, "Range: begins behind the end of the file");
            case 503 -> new Rejection(ErrorCode.UNAVAILABLE, "the server cannot serve this now", 1000);
            default ->
                status < 500
                        ? new Rejection(
                                ErrorCode.MALFORMED, "request: not what HTTP says, or its headers are larger than 8 KB")
                        : new Rejection(ErrorCode.INTERNAL, "a fault of the server; it is logged there");
        };
    }
}
