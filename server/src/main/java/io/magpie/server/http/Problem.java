package io.magpie.server.http;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// An error as RFC 9457 wants it.
///
/// @param code of the protocol's registry; says what to do next
/// @param retryAfterMs null where waiting does not help
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable Long retryAfterMs) {
    static Problem of(Rejection rejection, int status) {
        var code = rejection.code();
        return new Problem(
                "about:blank",
                code.wireName(),
                status,
                rejection.message(),
                code.wireName(),
                Fields.unlessZero(rejection.retryAfterMs()));
    }

    static ResponseEntity<Object> answer(Rejection rejection) {
        return answer(rejection, HttpStatusCode.valueOf(rejection.code().httpStatus()), HttpHeaders.EMPTY);
    }

    static ResponseEntity<Object> answer(Rejection rejection, HttpStatusCode status, HttpHeaders more) {
        var headers = new HttpHeaders();
        headers.putAll(more);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (rejection.retryAfterMs() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString((rejection.retryAfterMs() + 999) / 1000));
        }
        if (rejection.code() == ErrorCode.UNAUTHENTICATED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return new ResponseEntity<>(of(rejection, status.value()), headers, status);
    }
}
