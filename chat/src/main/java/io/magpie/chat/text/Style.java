package io.magpie.chat.text;

/// How text looks.
///
/// @param color of the terminal's 256, or -1 for its own
public record Style(int color, boolean bold, boolean dim, boolean inverse, boolean strike) {
    public static final Style PLAIN = new Style(-1, false, false, false, false);
    public static final Style BOLD = new Style(-1, true, false, false, false);
    public static final Style DIM = new Style(-1, false, true, false, false);
    public static final Style BAR = new Style(-1, false, false, true, false);
    public static final Style GOOD = new Style(28, false, false, false, false);
    public static final Style BAD = new Style(161, false, false, false, false);
    public static final Style ACCENT = new Style(31, true, false, false, false);

    /// Those of the 256 that have a contrast of nearly 4 : 1 with black and with white.
    private static final int[] PEOPLE = {27, 28, 30, 31, 62, 64, 97, 98, 130, 131, 132, 133, 161, 163};

    /// The same for a user everywhere and always.
    public static Style ofPerson(long user) {
        return new Style(PEOPLE[(int) Math.floorMod(user * 31, (long) PEOPLE.length)], true, false, false, false);
    }

    String ansi(boolean colors) {
        StringBuilder codes = new StringBuilder("\033[0");
        if (bold) {
            codes.append(";1");
        }
        if (dim) {
            codes.append(";2");
        }
        if (inverse) {
            codes.append(";7");
        }
        if (strike) {
            codes.append(";9");
        }
        if (colors && color >= 0) {
            codes.append(";38;5;").append(color);
        }
        return codes.append('m').toString();
    }
}
