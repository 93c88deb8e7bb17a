package io.magpie.core.outcome;

/// An expected refusal. `message` names the culprit and the expectation, as in `limit: 5000 (expected: 1..200)`, and
/// never carries message
/// contents or tokens. `retryAfterMs` is 0 where waiting does not help.
public record Rejection(ErrorCode code, String message, long retryAfterMs) {
    public Rejection(ErrorCode code, String message) {
        this(code, message, 0);
    }
}
