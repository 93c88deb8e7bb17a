package io.magpie.server.http;

import io.magpie.core.file.FileService;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/// The file in a request, read as it comes: the whole body, or the first file of a form.
final class UploadBody {
    /// What a form may hold around its file.
    private static final long FORM_BYTES = 64 << 10;

    private static final int MAX_PARTS = 20;
    private static final long DRAIN_BYTES = 32L << 20;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final HttpServletRequest request;
    private final boolean form;
    private String name;

    UploadBody(HttpServletRequest request) {
        var type = request.getContentType();
        this.request = request;
        this.form = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
        this.name = name(request.getHeader(HttpHeaders.CONTENT_DISPOSITION));
    }

    /// What the sender calls it, empty if nothing. That of a form is known once its file has begun.
    String name() {
        return name;
    }

    FileService.Offer named(FileService.Offer offer) {
        return new FileService.Offer(offer.user(), name, offer.length());
    }

    /// At least so many bytes will come; -1 if nobody knows.
    long length() {
        long length = request.getContentLengthLong();
        return form && length >= 0 ? Math.max(0, length - FORM_BYTES) : length;
    }

    /// The file from its first byte on.
    ///
    /// @throws UncheckedIOException if the sender went away
    Outcome<InputStream> file() {
        try {
            return form ? firstFile() : Outcome.done(request.getInputStream());
        } catch (FileUploadException _) {
            return malformed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome<InputStream> firstFile() throws IOException, FileUploadException {
        var upload = new FileUpload();
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        FileItemIterator parts = upload.getItemIterator(new ServletRequestContext(request));
        for (int i = 0; i < MAX_PARTS && parts.hasNext(); i++) {
            var part = parts.next();
            if (!part.isFormField()) {
                name = part.getName() == null ? "" : part.getName();
                return Outcome.done(part.openStream());
            }
        }
        return malformed();
    }

    private static <T> Outcome<T> malformed() {
        return Outcome.rejected(
                ErrorCode.MALFORMED, "body: no form with a file (expected: multipart/form-data, or the file itself)");
    }

    /// Reads on for a moment, so that a sender that only reads when it has sent everything sees the refusal.
    void drain() {
        if (request.getHeader("Expect") != null || request.getContentLengthLong() > DRAIN_BYTES) {
            return;
        }
        long began = System.nanoTime();
        byte[] part = new byte[64 << 10];
        long drained = 0;
        try {
            var in = request.getInputStream();
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                drained += n;
                if (drained > DRAIN_BYTES || System.nanoTime() - began > DRAIN_NANOS) {
                    return;
                }
            }
        } catch (IOException _) {
            // Whoever went away, or sent no form at all, has nothing more to say.
        }
    }

    private static String name(@Nullable String disposition) {
        if (disposition == null) {
            return "";
        }
        try {
            String name = ContentDisposition.parse(disposition).getFilename();
            return name == null ? "" : name;
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
