package io.magpie.chat.state;

import io.magpie.core.outcome.Rejection;

/// Why the server said no, for people.
public final class Refusals {
    private Refusals() {}

    public static String words(Rejection rejection) {
        return switch (rejection.code()) {
            case BLOCKED -> "one of you has blocked the other";
            case MUTED -> "you may not write here at the moment";
            case NOT_MEMBER -> "you are not a member here";
            case RATE_LIMITED -> "too fast; try again in a moment";
            case REJECTED -> "refused by moderation";
            case UNAVAILABLE -> "the server cannot store anything at the moment; try again";
            case INTERNAL -> "the server made a mistake; try again";
            case UNAUTHENTICATED -> "you are logged out";
            case MALFORMED, TOO_LARGE, UNSUPPORTED, FORBIDDEN, NOT_FOUND, CONFLICT -> rejection.message();
        };
    }
}
