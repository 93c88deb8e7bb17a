package io.magpie.core.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Cuts text into what can be searched for. Upper and lower case, full and half width, accents and the like make no
/// difference. Letters and digits are words; what is written without spaces is a [Word#run], and so are signs such as
/// emoji; everything else only separates.
public final class Words {
    private static final Set<UnicodeScript> WITHOUT_SPACES = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.YI);

    /// Of both kana, so Unicode gives it to neither.
    private static final int LONG_VOWEL = 0x30fc;

    private final List<Word> found = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private boolean run;

    private Words() {}

    /// The pieces of the text, in its order.
    public static List<Word> of(String text) {
        var words = new Words();
        plain(text).codePoints().forEach(words::add);
        words.close();
        return words.found;
    }

    private static String plain(String text) {
        var apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var bare = new StringBuilder(apart.length());
        apart.codePoints().filter(c -> c < 0x300 || c > 0x36f).forEach(bare::appendCodePoint);
        return Normalizer.normalize(bare, Normalizer.Form.NFC);
    }

    private void add(int c) {
        switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> {
                if (!open.isEmpty() && !variation(c)) {
                    open.appendCodePoint(c);
                }
            }
            case Character.FORMAT -> {
                // Joins signs, or says how they look.
            }
            case Character.OTHER_SYMBOL -> append(c, true);
            case Character.MODIFIER_LETTER -> append(c, open.isEmpty() ? withoutSpaces(c) : run);
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    append(c, withoutSpaces(c));
                } else if (!Character.isEmojiModifier(c)) {
                    close();
                }
            }
        }
    }

    private void append(int c, boolean toRun) {
        if (run != toRun) {
            close();
            run = toRun;
        }
        open.appendCodePoint(c);
    }

    private void close() {
        if (!open.isEmpty()) {
            found.add(new Word(open.toString(), run));
            open.setLength(0);
        }
    }

    private static boolean withoutSpaces(int c) {
        return c == LONG_VOWEL || WITHOUT_SPACES.contains(UnicodeScript.of(c));
    }

    private static boolean variation(int c) {
        return c >= 0xfe00 && c <= 0xfe0f;
    }
}
