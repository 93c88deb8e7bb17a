package io.magpie.chat.text;

/// Makes what others wrote safe to show: no control characters, so nobody can move the reader's cursor, and
/// none that turn the direction of the text around.
public final class Clean {
    private Clean() {}

    /// Line breaks stay.
    public static String text(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t') {
                clean.append("    ");
            } else if (c == '\n' || !isControl(c)) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    public static String oneLine(String text) {
        return text(text).replace('\n', ' ');
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200E
                || c == 0x200F
                || (c >= 0xD800 && c <= 0xDFFF);
    }
}
