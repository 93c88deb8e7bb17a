package io.magpie.protocol.socketio;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes compact JSON. For one value and one thread.
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private final JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out);

    Json open() {
        generator.writeStartObject();
        return this;
    }

    Json open(String name) {
        generator.writeObjectPropertyStart(name);
        return this;
    }

    Json close() {
        generator.writeEndObject();
        return this;
    }

    Json openList(String name) {
        generator.writeArrayPropertyStart(name);
        return this;
    }

    Json closeList() {
        generator.writeEndArray();
        return this;
    }

    Json item(long value) {
        generator.writeNumber(value);
        return this;
    }

    Json text(String name, String value) {
        generator.writeStringProperty(name, whole(value));
        return this;
    }

    Json number(String name, long value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    Json flag(String name, boolean value) {
        generator.writeBooleanProperty(name, value);
        return this;
    }

    byte[] bytes() {
        generator.close();
        return out.toByteArray();
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    // Half a surrogate pair has no form in UTF-8; old data may hold one.
    private static String whole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
