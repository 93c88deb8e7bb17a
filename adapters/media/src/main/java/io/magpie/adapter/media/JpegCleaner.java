package io.magpie.adapter.media;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Copies a JPEG without what is not the picture: where and with what it was made, comments, what hangs on behind its
/// end. The picture itself is not touched.
final class JpegCleaner {
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int COMMENT = 0xfe;
    private static final byte[] EXIF = bytes("Exif\0\0");

    private final DataInputStream in;
    private final OutputStream out;
    private int orientation = 1;

    private JpegCleaner(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /// @throws java.io.EOFException if it ends too early
    static Cleaned clean(InputStream in, OutputStream out) throws IOException {
        return new JpegCleaner(in, out).copy();
    }

    private Cleaned copy() throws IOException {
        if (in.readUnsignedByte() != 0xff || in.readUnsignedByte() != START) {
            throw new BrokenMediaException("it does not begin like one");
        }
        write(START);
        int marker = marker();
        while (marker != END) {
            copySegment(marker);
            marker = marker == SCAN ? copyScan() : marker();
        }
        write(END);
        return new Cleaned(orientation, false);
    }

    private int marker() throws IOException {
        if (in.readUnsignedByte() != 0xff) {
            throw new BrokenMediaException("a part does not begin where the one before ends");
        }
        int marker = in.readUnsignedByte();
        while (marker == 0xff) {
            marker = in.readUnsignedByte();
        }
        return marker;
    }

    private void copySegment(int marker) throws IOException {
        int length = in.readUnsignedShort();
        if (length < 2) {
            throw new BrokenMediaException("a part has no length");
        }
        byte[] segment = in.readNBytes(length - 2);
        if (segment.length < length - 2) {
            throw new BrokenMediaException("it ends too early");
        }
        if (marker == 0xe1 && begins(segment, EXIF)) {
            orientation = Exif.orientation(Arrays.copyOfRange(segment, EXIF.length, segment.length));
        }
        if (kept(marker, segment)) {
            write(marker);
            out.write(length >> 8);
            out.write(length);
            out.write(segment);
        }
    }

    private static boolean kept(int marker, byte[] segment) {
        return switch (marker) {
            case 0xe0 -> begins(segment, bytes("JFIF\0"));
            case 0xe2 -> begins(segment, bytes("ICC_PROFILE\0"));
            case 0xee -> begins(segment, bytes("Adobe"));
            default -> marker != COMMENT && (marker < 0xe0 || marker > 0xef);
        };
    }

    /// Up to the next marker, which is answered.
    private int copyScan() throws IOException {
        while (true) {
            int next = in.readUnsignedByte();
            if (next != 0xff) {
                out.write(next);
                continue;
            }
            int code = in.readUnsignedByte();
            while (code == 0xff) {
                code = in.readUnsignedByte();
            }
            if (code != 0 && (code < 0xd0 || code > 0xd7)) {
                return code;
            }
            write(code);
        }
    }

    private void write(int marker) throws IOException {
        out.write(0xff);
        out.write(marker);
    }

    private static boolean begins(byte[] segment, byte[] with) {
        return segment.length >= with.length && Arrays.equals(segment, 0, with.length, with, 0, with.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
