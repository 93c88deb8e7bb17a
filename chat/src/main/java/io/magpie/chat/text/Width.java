package io.magpie.chat.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How many columns a terminal gives to text. Counted by what a reader sees as one character: a letter with its
/// accents, an emoji with its skin tone, a family, a flag.
public final class Width {
    private static final int[][] WIDE = {
        {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97F},
        {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
        {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF}, {0x1F200, 0x1F265}, {0x20000, 0x3FFFD},
    };

    private Width() {}

    public static int of(String text) {
        if (isPlain(text)) {
            return text.length();
        }
        int width = 0;
        for (String cluster : clusters(text)) {
            width += ofCluster(cluster);
        }
        return width;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /// What a reader sees as single characters.
    public static List<String> clusters(String text) {
        List<String> clusters = new ArrayList<>(text.length());
        BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            clusters.add(text.substring(start, end));
            start = end;
        }
        return clusters;
    }

    public static int ofCluster(String cluster) {
        boolean emoji = cluster.indexOf(0xFE0F) > 0 && Character.isEmoji(cluster.codePointAt(0));
        return emoji ? 2 : ofCodePoint(cluster.codePointAt(0));
    }

    private static int ofCodePoint(int c) {
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            return 0;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || (c >= 0x1160 && c <= 0x11FF)) {
            return 0;
        }
        if (Character.isEmojiPresentation(c)) {
            return 2;
        }
        for (int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /// At most `columns` of the text, with an ellipsis where it was cut.
    public static String fit(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        if (columns <= 0) {
            return "";
        }
        StringBuilder fitting = new StringBuilder();
        int width = 0;
        for (String cluster : clusters(text)) {
            width += ofCluster(cluster);
            if (width > columns - 1) {
                break;
            }
            fitting.append(cluster);
        }
        return fitting.append('…').toString();
    }

    /// Exactly `columns` of the text: cut, or filled with spaces.
    public static String pad(String text, int columns) {
        String fitting = fit(text, columns);
        return fitting + " ".repeat(Math.max(0, columns - of(fitting)));
    }
}
