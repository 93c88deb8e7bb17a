package io.magpie.adapter.transcription;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// A `multipart/form-data` body (RFC 7578). Names and values are ours: none holds a quote or a line break.
final class Multipart {
    private final String boundary = "magpie-" + UUID.randomUUID();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    Multipart field(String name, String value) {
        head("form-data; name=\"" + name + "\"");
        text("\r\n" + value + "\r\n");
        return this;
    }

    Multipart file(String name, String fileName, String mime, byte[] bytes) {
        head("form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"");
        text("Content-Type: " + mime + "\r\n\r\n");
        body.writeBytes(bytes);
        text("\r\n");
        return this;
    }

    byte[] end() {
        text("--" + boundary + "--\r\n");
        return body.toByteArray();
    }

    private void head(String disposition) {
        text("--" + boundary + "\r\nContent-Disposition: " + disposition + "\r\n");
    }

    private void text(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
