package io.magpie.server.http;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.store.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Every error of the API as a [Problem]: what the services reject, what Spring MVC refuses, and faults, which are
/// logged here and told without detail.
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = System.getLogger(Problems.class.getName());
    private static final long RETRY_MS = 1000;

    @ExceptionHandler
    ResponseEntity<Object> rejected(RejectedRequest request) {
        return Problem.answer(request.rejection());
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(StoreUnavailableException fault) {
        LOG.log(Level.WARNING, "the store is unavailable: {0}", fault.getMessage());
        return Problem.answer(new Rejection(ErrorCode.UNAVAILABLE, "the store cannot serve this now", RETRY_MS));
    }

    /// Tomcat decodes the query late, when it is asked for a parameter.
    @ExceptionHandler
    ResponseEntity<Object> unreadable(InvalidParameterException fault) {
        return Problem.answer(new Rejection(ErrorCode.MALFORMED, "query: not readable (expected: URL-encoded UTF-8)"));
    }

    @ExceptionHandler
    ResponseEntity<Object> fault(RuntimeException fault) {
        LOG.log(Level.ERROR, "a request failed", fault);
        return Problem.answer(new Rejection(ErrorCode.INTERNAL, "a fault of the server; it is logged there"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException fault, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return Problem.answer(new Rejection(ErrorCode.MALFORMED, JsonFault.describe(fault.getCause())));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException fault, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = fault instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : "path";
        return Problem.answer(new Rejection(ErrorCode.MALFORMED, name + ": wrong type (expected: a whole number)"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException fault,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return Problem.answer(new Rejection(ErrorCode.MALFORMED, fault.getParameterName() + ": missing"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception fault, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return Problem.answer(HttpErrors.rejection(status.value()), status, headers);
    }
}
