package io.magpie.core.limit;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import java.util.Optional;

/// What a short text from outside may be: well-formed, without control characters (line breaks and tabs apart where
/// `lines`), of so many bytes of UTF-8.
///
/// @param field its name in messages
public record TextRule(String field, int minBytes, int maxBytes, boolean lines) {
    public static TextRule line(String field, int minBytes, int maxBytes) {
        return new TextRule(field, minBytes, maxBytes, false);
    }

    public static TextRule lines(String field, int minBytes, int maxBytes) {
        return new TextRule(field, minBytes, maxBytes, true);
    }

    /// The text without white space at its ends.
    public Outcome<String> check(String given) {
        String text = given.strip();
        return wrong(text)
                .<Outcome<String>>map(message -> Outcome.rejected(ErrorCode.MALFORMED, message))
                .orElseGet(() -> Outcome.done(text));
    }

    private Optional<String> wrong(String text) {
        long bytes = Utf8.length(text);
        if (bytes < 0) {
            return Optional.of(field + ": not well-formed Unicode");
        }
        if (bytes < minBytes || bytes > maxBytes) {
            return Optional.of(field + ": " + bytes + " bytes of UTF-8 (expected: " + minBytes + ".." + maxBytes + ")");
        }
        return text.codePoints().allMatch(this::allowed)
                ? Optional.empty()
                : Optional.of(field + ": holds a control character");
    }

    private boolean allowed(int codePoint) {
        return !Character.isISOControl(codePoint) || (lines && (codePoint == '\n' || codePoint == '\t'));
    }
}
