package io.magpie.adapter.media;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Copies a PNG without texts, times, and what hangs on behind its end. The picture itself is not touched.
final class PngCleaner {
    private static final int SIGNATURE = 8;
    private static final int EXIF_BYTES = 1 << 16;
    private static final Set<String> KEPT = Set.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs",
            "acTL", "fcTL", "fdAT");

    private PngCleaner() {}

    /// @throws EOFException if it ends too early
    static Cleaned clean(InputStream from, OutputStream to) throws IOException {
        var in = new DataInputStream(from);
        var out = new DataOutputStream(to);
        out.write(in.readNBytes(SIGNATURE));
        int orientation = 1;
        boolean animated = false;
        for (String type = ""; !type.equals("IEND"); ) {
            long length = Integer.toUnsignedLong(in.readInt());
            type = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
            if (length > Integer.MAX_VALUE) {
                throw new BrokenMediaException("a part is longer than any may be");
            }
            animated |= type.equals("acTL");
            if (KEPT.contains(type)) {
                out.writeInt((int) length);
                out.write(type.getBytes(StandardCharsets.ISO_8859_1));
                copy(in, out, length + 4);
            } else if (type.equals("eXIf") && length <= EXIF_BYTES) {
                orientation = Exif.orientation(in.readNBytes((int) length));
                in.skipNBytes(4);
            } else {
                in.skipNBytes(length + 4);
            }
        }
        return new Cleaned(orientation, animated);
    }

    static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] part = new byte[8192];
        for (long left = length; left > 0; ) {
            int count = in.readNBytes(part, 0, (int) Math.min(part.length, left));
            if (count == 0) {
                throw new EOFException();
            }
            out.write(part, 0, count);
            left -= count;
        }
    }
}
