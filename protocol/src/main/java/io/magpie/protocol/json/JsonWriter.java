package io.magpie.protocol.json;

import io.magpie.protocol.frame.Field;
import io.magpie.protocol.frame.FrameWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Writes compact JSON straight as UTF-8. Never fails: half a surrogate pair becomes its escape, which is valid JSON
/// and reads back as the same text. For one frame and one thread.
final class JsonWriter implements FrameWriter {
    private static final Map<Field, byte[]> KEYS = keys();
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] out = new byte[512];
    private int size;

    private static Map<Field, byte[]> keys() {
        Map<Field, byte[]> keys = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            keys.put(field, ("\"" + field.getName() + "\":").getBytes(StandardCharsets.US_ASCII));
        }
        return keys;
    }

    @Override
    public JsonWriter open() {
        separate();
        return put('{');
    }

    @Override
    public JsonWriter open(Field field) {
        return key(field).put('{');
    }

    @Override
    public JsonWriter close() {
        return put('}');
    }

    @Override
    public JsonWriter openList(Field field) {
        return key(field).put('[');
    }

    @Override
    public JsonWriter closeList() {
        return put(']');
    }

    @Override
    public JsonWriter text(Field field, String value) {
        key(field).quoted(value);
        return this;
    }

    @Override
    public JsonWriter number(Field field, long value) {
        key(field).digits(value);
        return this;
    }

    @Override
    public JsonWriter flag(Field field, boolean value) {
        return json(field, value ? "true" : "false");
    }

    @Override
    public JsonWriter decimal(Field field, double value) {
        return json(field, Double.toString(value));
    }

    @Override
    public JsonWriter json(Field field, String json) {
        key(field);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x80) {
                put(c);
            } else {
                i += character(json, i);
            }
        }
        return this;
    }

    @Override
    public JsonWriter item(long value) {
        separate();
        digits(value);
        return this;
    }

    @Override
    public JsonWriter item(String value) {
        separate();
        quoted(value);
        return this;
    }

    @Override
    public byte[] bytes() {
        return Arrays.copyOf(out, size);
    }

    private JsonWriter key(Field field) {
        separate();
        byte[] key = Objects.requireNonNull(KEYS.get(field));
        ensure(key.length);
        System.arraycopy(key, 0, out, size, key.length);
        size += key.length;
        return this;
    }

    /// A comma, unless this is the first in its object or list.
    private void separate() {
        if (size > 0 && out[size - 1] != '{' && out[size - 1] != '[') {
            put(',');
        }
    }

    private void quoted(String text) {
        ensure(text.length() + 2);
        out[size++] = '"';
        int i = plain(text);
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += character(text, i);
            } else if (c < ' ' || c == '"' || c == '\\') {
                escape(c);
            } else {
                put(c);
            }
        }
        put('"');
    }

    /// Copies the beginning that needs no escape, which is most often everything; the room for it is there.
    private int plain(String text) {
        byte[] to = out;
        int at = size;
        int length = text.length();
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c < ' ' || c == '"' || c == '\\') {
                break;
            }
            to[at++] = (byte) c;
        }
        size = at;
        return i;
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> put('\\').put(c);
            case '\b' -> put('\\').put('b');
            case '\f' -> put('\\').put('f');
            case '\n' -> put('\\').put('n');
            case '\r' -> put('\\').put('r');
            case '\t' -> put('\\').put('t');
            default -> unicode(c);
        }
    }

    private void unicode(char c) {
        put('\\').put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[(c >> shift) & 0xF]);
        }
    }

    /// Writes the character beyond ASCII at `i`; returns how many more chars it took than one.
    private int character(String text, int i) {
        char c = text.charAt(i);
        ensure(4);
        if (c < 0x800) {
            out[size++] = (byte) (0xC0 | (c >> 6));
        } else if (!Character.isSurrogate(c)) {
            out[size++] = (byte) (0xE0 | (c >> 12));
            out[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        } else {
            int point = text.codePointAt(i);
            if (point == c) {
                unicode(c);
                return 0;
            }
            out[size++] = (byte) (0xF0 | (point >> 18));
            out[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            out[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            out[size++] = (byte) (0x80 | (point & 0x3F));
            return 1;
        }
        out[size++] = (byte) (0x80 | (c & 0x3F));
        return 0;
    }

    private void digits(long value) {
        if (value < 0) {
            for (char c : Long.toString(value).toCharArray()) {
                put(c);
            }
            return;
        }
        int length = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            length++;
        }
        ensure(length);
        long rest = value;
        for (int at = size + length - 1; at >= size; at--) {
            out[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += length;
    }

    private JsonWriter put(char c) {
        ensure(1);
        out[size++] = (byte) c;
        return this;
    }

    private void ensure(int more) {
        if (out.length - size < more) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
        }
    }
}
