package io.magpie.protocol.json;

import io.magpie.protocol.frame.Refused;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// JSON values that stand as text in another form. Thread-safe.
public final class JsonText {
    private final int depth;
    private final FieldReader reader;

    /// @param depth how deep objects and lists may nest
    public JsonText(int depth) {
        this.depth = depth;
        // The list around it, see below.
        this.reader = new FieldReader(depth + 1);
    }

    public int depth() {
        return depth;
    }

    /// The value without the white space between its tokens; null unless `text` is one JSON value.
    public @Nullable String compact(String text) {
        // The parser would guess another encoding from a zero byte.
        if (text.indexOf('\0') >= 0) {
            return null;
        }
        try {
            return reader.onlyItem(("[" + text + "]").getBytes(StandardCharsets.UTF_8));
        } catch (Refused _) {
            return null;
        }
    }
}
