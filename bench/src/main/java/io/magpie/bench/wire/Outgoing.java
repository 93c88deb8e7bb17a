package io.magpie.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A frame's payload while it is put together. One thread.
public final class Outgoing {
    private static final byte[] DIGITS = Scan.ascii("0123456789abcdef");

    private byte[] bytes = new byte[1024];
    private int length;

    public Outgoing clear() {
        length = 0;
        return this;
    }

    public Outgoing put(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    public Outgoing text(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    public Outgoing hex(long number, int digits) {
        room(digits);
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length + i] = DIGITS[(int) (number & 15)];
            number >>>= 4;
        }
        length += digits;
        return this;
    }

    public Outgoing decimal(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("number: " + number + " (expected: 0 or more)");
        }
        room(20);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + number % 10);
            number /= 10;
        }
        length += digits;
        return this;
    }

    /// As protobuf writes lengths and tags.
    public Outgoing varint(int number) {
        room(5);
        int rest = number;
        for (; (rest & ~0x7F) != 0; rest >>>= 7) {
            bytes[length++] = (byte) (rest | 0x80);
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    int length() {
        return length;
    }

    byte[] array() {
        return bytes;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
