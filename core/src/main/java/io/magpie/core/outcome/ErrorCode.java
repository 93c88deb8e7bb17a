package io.magpie.core.outcome;

/// The error codes of the protocol. This file is their only registry: the wire names, the HTTP status and the
/// documentation come from here.
/// Numbers are for compact encodings and never change meaning.
public enum ErrorCode {
    MALFORMED(1, "malformed", 400, "The request is not what the protocol says; correct it before sending it again."),
    TOO_LARGE(2, "too-large", 413, "A frame, text or list is over its limit; send less."),
    UNSUPPORTED(3, "unsupported", 400, "This server does not know the request type or content kind; do not repeat it."),
    UNAUTHENTICATED(4, "unauthenticated", 401, "The token is missing, wrong or ended; log in again."),
    FORBIDDEN(5, "forbidden", 403, "You are known but may not do this; do not repeat it."),
    NOT_FOUND(6, "not-found", 404, "What the request names does not exist or is not visible to you."),
    NOT_MEMBER(7, "not-member", 403, "You are not a member of the conversation; drop it or join it first."),
    BLOCKED(8, "blocked", 403, "One of the two has blocked the other; do not repeat it."),
    MUTED(9, "muted", 403, "You may not write here until the mute ends; retryAfterMs says when, if it is known."),
    RATE_LIMITED(10, "rate-limited", 429, "Too many requests; wait retryAfterMs and repeat."),
    CONFLICT(11, "conflict", 409, "Somebody else was first or the state does not allow it; read the state again."),
    REJECTED(12, "rejected", 422, "Moderation refused the content; do not repeat it."),
    UNAVAILABLE(
            13, "unavailable", 503, "Not acknowledged: it may or may not be stored. Repeat it with the same clientId."),
    INTERNAL(
            14,
            "internal",
            500,
            "A fault of the server, which is logged there; repeat it later with the same clientId.");

    private final int number;
    private final String wireName;
    private final int httpStatus;
    private final String meaning;

    ErrorCode(int number, String wireName, int httpStatus, String meaning) {
        this.number = number;
        this.wireName = wireName;
        this.httpStatus = httpStatus;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String wireName() {
        return wireName;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /// What happened and what the client should do next.
    public String meaning() {
        return meaning;
    }
}
