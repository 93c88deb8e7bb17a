package io.magpie.core.outcome;

import java.util.function.Function;

/// What came of a request: done with a value, or rejected with a reason. Faults are exceptions, not outcomes.
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    record Rejected<T>(Rejection rejection) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> rejected(ErrorCode code, String message) {
        return new Rejected<>(new Rejection(code, message));
    }

    static <T> Outcome<T> rejected(Rejection rejection) {
        return new Rejected<>(rejection);
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> next) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(next.apply(value));
            case Rejected<T>(Rejection rejection) -> new Rejected<>(rejection);
        };
    }

    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Rejected<T>(Rejection rejection) -> new Rejected<>(rejection);
        };
    }
}
