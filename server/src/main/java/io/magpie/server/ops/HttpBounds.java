package io.magpie.server.ops;

import io.magpie.core.outcome.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// The door of the HTTP API: bounds what a request may cost before anything looks at it, and measures it. A body is
/// read whole, so a slow sender holds neither a turn nor a connection of the store; it has thirty seconds. Files go
/// past that: they are as slow as whoever sends or takes them, and have bounds of their own.
final class HttpBounds extends OncePerRequestFilter {
    private static final int AT_WORK = 256;
    private static final int FILES_AT_WORK = 1024;
    private static final long TURN_SECONDS = 5;
    private static final String FILES = "/api/v1/files";
    private static final long BODY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Semaphore turns = new Semaphore(AT_WORK);
    private final Semaphore files = new Semaphore(FILES_AT_WORK);
    private final int bodyBytes;
    private final MeterRegistry meters;

    HttpBounds(int bodyBytes, MeterRegistry meters) {
        this.bodyBytes = bodyBytes;
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long began = System.nanoTime();
        try {
            answer(request, response, chain);
        } finally {
            measure(request, response, System.nanoTime() - began);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isFile(request)) {
            if (files.tryAcquire()) {
                try {
                    chain.doFilter(request, response);
                } finally {
                    files.release();
                }
            } else {
                problem(response, 503, ErrorCode.UNAVAILABLE, "too many files under way; repeat it later");
            }
            return;
        }
        if (request.getContentLengthLong() > bodyBytes) {
            tooLarge(response);
            return;
        }
        byte[] body = hasBody(request) ? read(request.getInputStream()) : new byte[0];
        if (body == null) {
            problem(response, 408, ErrorCode.MALFORMED, "the body took more than 30 s");
        } else if (body.length > bodyBytes) {
            tooLarge(response);
        } else if (turn()) {
            try {
                chain.doFilter(hasBody(request) ? new WholeBody(request, body) : request, response);
            } finally {
                turns.release();
            }
        } else {
            problem(response, 503, ErrorCode.UNAVAILABLE, "too many requests at work; repeat it later");
        }
    }

    /// An upload, or a download, which has no body; by the path as it is decoded and mapped.
    private static boolean isFile(HttpServletRequest request) {
        String path = request.getServletPath();
        return request.getMethod().equals("POST")
                ? path.equals(FILES)
                : path.startsWith(FILES + "/") && !hasBody(request);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /// The body, or one byte more than allowed of it; null if it does not come in time.
    private byte @Nullable [] read(InputStream in) throws IOException {
        long began = System.nanoTime();
        var body = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            body.write(part, 0, n);
            if (body.size() > bodyBytes) {
                break;
            }
            if (System.nanoTime() - began > BODY_NANOS) {
                return null;
            }
        }
        return body.toByteArray();
    }

    private boolean turn() throws IOException {
        try {
            return turns.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a turn", e);
        }
    }

    private void tooLarge(HttpServletResponse response) throws IOException {
        problem(response, 413, ErrorCode.TOO_LARGE, "body: too large (expected: at most " + bodyBytes + " bytes)");
    }

    /// Ends the connection too: what is left of the body must not be taken for the next request.
    private static void problem(HttpServletResponse response, int status, ErrorCode code, String detail)
            throws IOException {
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write("{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}"
                        .formatted(code.wireName(), status, detail, code.wireName()));
    }

    private void measure(HttpServletRequest request, HttpServletResponse response, long nanos) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Timer.builder("magpie.http.requests")
                .description("HTTP requests answered")
                .tag("method", known(request.getMethod()))
                .tag("path", pattern == null ? "none" : pattern.toString())
                .tag("status", Integer.toString(response.getStatus()))
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /// A client's own words must not become new time series.
    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "other";
        };
    }
}
