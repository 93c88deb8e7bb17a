package io.magpie.server.http;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;

/// Carries a rejection out of a controller to [Problems]. Only here, where Spring MVC knows no other way, does an
/// expected outcome travel as an exception.
final class RejectedRequest extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Rejection rejection;

    RejectedRequest(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    RejectedRequest(ErrorCode code, String message) {
        this(new Rejection(code, message));
    }

    Rejection rejection() {
        return rejection;
    }

    /// The value, if there is one.
    static <T> T unlessDone(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Rejected<T>(Rejection rejection) -> throw new RejectedRequest(rejection);
        };
    }
}
