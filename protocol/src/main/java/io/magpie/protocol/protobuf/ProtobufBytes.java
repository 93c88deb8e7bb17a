package io.magpie.protocol.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow, and how protobuf puts values into them. For one frame and one thread.
final class ProtobufBytes {
    private static final int MAX_VARINT = 10;

    private byte[] out = new byte[256];
    private int size;

    void tag(int number, Part.WireType type) {
        varint(number << 3 | type.number);
    }

    void varint(long value) {
        ensure(MAX_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[size++] = (byte) rest;
    }

    void fixed64(long value) {
        ensure(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out[size++] = (byte) (value >>> shift);
        }
    }

    /// Half a surrogate pair becomes `?`.
    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, out, size, utf8.length);
        size += utf8.length;
    }

    /// Begins something whose length stands before it; to be handed to [#endLength].
    int beginLength() {
        ensure(1);
        return ++size;
    }

    /// Moves what was written since only where its length needs more than one byte.
    void endLength(int start) {
        int length = size - start;
        int more = (31 - Integer.numberOfLeadingZeros(length | 1)) / 7;
        if (more > 0) {
            ensure(more);
            System.arraycopy(out, start, out, start + more, length);
        }
        size = start - 1;
        varint(length);
        size += length;
    }

    byte[] bytes() {
        return Arrays.copyOf(out, size);
    }

    private void ensure(int room) {
        if (out.length - size < room) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + room));
        }
    }
}
