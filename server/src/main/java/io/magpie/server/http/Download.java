package io.magpie.server.http;

import io.magpie.core.file.FileKind;
import io.magpie.core.file.FileService;
import io.magpie.core.file.StoredFile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/// One file as an HTTP answer, whole or in part, without ever holding more than a buffer of it.
///
/// Files are other people's bytes. Only what this server itself found to be picture, sound or film is shown in place;
/// everything else is saved, under a type that means nothing. No browser is to look for another type in it, to run
/// anything of it, or to hand it to another site.
final class Download {
    private static final int PART = 64 << 10;
    private static final Duration FOR_GOOD = Duration.ofDays(365);

    private final FileService files;
    private final StoredFile file;

    Download(FileService files, StoredFile file) {
        this.files = files;
        this.file = file;
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String tag = '"' + file.hash() + '"';
        var range = range(request, tag);
        if (range.isPresent() && range.get().length() <= 0) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size());
            response.sendError(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        headers(response, tag);
        if (named(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        var part = range.orElse(new ByteRange(0, file.size()));
        if (range.isPresent()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(HttpHeaders.CONTENT_RANGE, part.header(file.size()));
        }
        response.setContentLengthLong(part.length());
        if (!HttpMethod.HEAD.matches(request.getMethod())) {
            send(part, response);
        }
    }

    private void headers(HttpServletResponse response, String tag) {
        boolean shown = file.media().kind() != FileKind.OTHER;
        var disposition = shown ? ContentDisposition.inline() : ContentDisposition.attachment();
        if (!file.name().isEmpty()) {
            disposition.filename(file.name(), StandardCharsets.UTF_8);
        }
        response.setContentType(shown ? file.media().mime() : MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition.build().toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.ETAG, tag);
        // What one person fetched is not for the next one at the same browser.
        response.setHeader(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                CacheControl.maxAge(FOR_GOOD).cachePrivate().immutable().getHeaderValue());
    }

    private Optional<ByteRange> range(HttpServletRequest request, String tag) {
        String condition = request.getHeader(HttpHeaders.IF_RANGE);
        return condition == null || condition.equals(tag)
                ? ByteRange.of(request.getHeader(HttpHeaders.RANGE), file.size())
                : Optional.empty();
    }

    private static boolean named(@Nullable String condition, String tag) {
        return condition != null && (condition.strip().equals("*") || condition.contains(tag));
    }

    private void send(ByteRange part, HttpServletResponse response) throws IOException {
        try (var in = files.open(file, part.from(), part.length())) {
            var out = response.getOutputStream();
            byte[] buffer = new byte[(int) Math.min(PART, Math.max(1, part.length()))];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        }
    }
}
