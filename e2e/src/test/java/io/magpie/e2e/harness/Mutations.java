package io.magpie.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Spoils good input in the ways that have broken servers: single bytes, lost and doubled parts, two texts spliced,
/// huge
/// numbers, wrong types, invalid UTF-8, deep nesting, noise.
public final class Mutations {
    private static final List<String> AWKWARD = List.of(
            "-1",
            "0",
            "9007199254740993",
            "1e999999",
            "-1e-999999",
            "99999999999999999999999999999999",
            "0.1",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "NaN",
            "'x'",
            "\"\u202e\"");

    private final List<byte[]> good;
    private final Random random;

    public Mutations(List<String> good, Random random) {
        this.good =
                good.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        this.random = random;
    }

    public byte[] next() {
        byte[] bytes = any();
        return switch (random.nextInt(10)) {
            case 0 -> noise(random.nextInt(300));
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> joined(head(bytes), tail(any()));
            case 3, 4 -> awkward(bytes);
            case 5 -> joined(head(bytes), noise(1 + random.nextInt(4)), tail(bytes));
            case 6 -> nested();
            case 7 -> joined(head(bytes), new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF}, tail(bytes));
            default -> flipped(bytes);
        };
    }

    private byte[] any() {
        return good.get(random.nextInt(good.size()));
    }

    private byte[] head(byte[] bytes) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] original) {
        byte[] bytes = original.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /// One of the values replaced.
    private byte[] awkward(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int colon = text.indexOf(':', random.nextInt(text.length()));
        if (colon < 0) {
            return flipped(bytes);
        }
        int end = colon + 1;
        while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String value = AWKWARD.get(random.nextInt(AWKWARD.size()));
        return (text.substring(0, colon + 1) + value + text.substring(end)).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] nested() {
        int depth = 1 + random.nextInt(2000);
        return (random.nextBoolean() ? "[".repeat(depth) : "{\"a\":".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
