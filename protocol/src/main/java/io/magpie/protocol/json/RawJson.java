package io.magpie.protocol.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;

/// JSON that is passed on as it is. Its own class, because a value is taken by its place in the frame: so numbers and
/// escapes stay exactly as they were written.
final class RawJson {
    private RawJson() {}

    /// The text of the value the parser stands on, without white space between its tokens; the parser stands on its
    /// end afterwards.
    static String compact(JsonParser parser, byte[] frame) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        byte[] kept = new byte[to - from];
        int size = 0;
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte b = frame[i];
            if (quoted || !isSpace(b)) {
                kept[size++] = b;
            }
            if (b == '"') {
                quoted = !quoted;
            } else if (b == '\\') {
                kept[size++] = frame[++i];
            }
        }
        return new String(kept, 0, size, StandardCharsets.UTF_8);
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
