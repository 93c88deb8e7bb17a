package io.magpie.adapter.media;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Copies a GIF without comments and what hangs on behind its end; its frames stay.
final class GifCleaner {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int TRAILER = 0x3b;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int APPLICATION = 0xff;
    private static final Set<String> LOOPS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

    private final DataInputStream in;
    private final OutputStream out;

    private GifCleaner(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /// @throws java.io.EOFException if it ends too early
    static Cleaned clean(InputStream in, OutputStream out) throws IOException {
        return new Cleaned(1, new GifCleaner(in, out).copy() > 1);
    }

    /// The number of frames.
    private int copy() throws IOException {
        byte[] screen = copied(13);
        copyColors(screen[10]);
        int frames = 0;
        while (true) {
            int block = in.readUnsignedByte();
            switch (block) {
                case IMAGE -> {
                    out.write(block);
                    copyColors(copied(9)[8]);
                    copied(1);
                    copyBlocks(true);
                    frames++;
                }
                case EXTENSION -> extension();
                case TRAILER -> {
                    out.write(block);
                    return frames;
                }
                default -> throw new BrokenMediaException("a part of it is none that exists");
            }
        }
    }

    private void extension() throws IOException {
        int label = in.readUnsignedByte();
        if (label == GRAPHIC_CONTROL) {
            out.write(EXTENSION);
            out.write(label);
            copyBlocks(true);
        } else if (label == APPLICATION) {
            byte[] name = in.readNBytes(in.readUnsignedByte());
            boolean kept = LOOPS.contains(new String(name, StandardCharsets.ISO_8859_1));
            if (kept) {
                out.write(EXTENSION);
                out.write(label);
                out.write(name.length);
                out.write(name);
            }
            copyBlocks(kept);
        } else {
            copyBlocks(false);
        }
    }

    private void copyColors(byte flags) throws IOException {
        if ((flags & 0x80) != 0) {
            copied(3 * (2 << (flags & 7)));
        }
    }

    private void copyBlocks(boolean kept) throws IOException {
        int length;
        do {
            length = in.readUnsignedByte();
            byte[] block = new byte[length];
            in.readFully(block);
            if (kept) {
                out.write(length);
                out.write(block);
            }
        } while (length > 0);
    }

    private byte[] copied(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        out.write(bytes);
        return bytes;
    }
}
