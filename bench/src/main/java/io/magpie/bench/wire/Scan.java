package io.magpie.bench.wire;

import java.nio.charset.StandardCharsets;

/// Finds the few fields the load needs in a frame without parsing it. Right for frames whose texts the load wrote
/// itself: a field name inside a text would be taken for the field.
public final class Scan {
    private Scan() {}

    /// The position after the first occurrence of `needle`, or -1.
    public static int after(byte[] bytes, int from, int to, byte[] needle) {
        byte first = needle[0];
        int last = to - needle.length;
        for (int i = from; i <= last; i++) {
            if (bytes[i] == first && matches(bytes, i, needle)) {
                return i + needle.length;
            }
        }
        return -1;
    }

    public static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        return to - from >= prefix.length && matches(bytes, from, prefix);
    }

    private static boolean matches(byte[] bytes, int at, byte[] needle) {
        for (int i = 0; i < needle.length; i++) {
            if (bytes[at + i] != needle[i]) {
                return false;
            }
        }
        return true;
    }

    /// The decimal number that begins at `from`, or -1 if none does.
    public static long decimal(byte[] bytes, int from, int to) {
        long number = 0;
        int i = from;
        for (; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return i == from ? -1 : number;
    }

    /// `digits` hexadecimal digits in lower case.
    public static long hex(byte[] bytes, int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            int c = bytes[i];
            number = number << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return number;
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
