package io.magpie.adapter.media;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Copies a WebP without EXIF, XMP and what hangs on behind its end. The picture itself is not touched.
final class WebpCleaner {
    private static final int HEADER = 12;
    private static final int MAX_CHUNKS = 100_000;
    private static final int EXIF_BYTES = 1 << 16;
    private static final int META_FLAGS = 0x08 | 0x04;
    private static final Set<String> KEPT = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP");

    private WebpCleaner() {}

    private record Chunk(String type, long from, long length) {
        long padded() {
            return length + (length & 1);
        }
    }

    /// @throws java.io.EOFException if it ends too early
    static Cleaned clean(Path from, Path to) throws IOException {
        try (var in = new RandomAccessFile(from.toFile(), "r");
                var out = new BufferedOutputStream(Files.newOutputStream(to))) {
            var chunks = chunks(in);
            var kept =
                    chunks.stream().filter(chunk -> KEPT.contains(chunk.type())).toList();
            out.write("RIFF".getBytes(StandardCharsets.US_ASCII));
            number(out, 4 + kept.stream().mapToLong(chunk -> 8 + chunk.padded()).sum());
            out.write("WEBP".getBytes(StandardCharsets.US_ASCII));
            for (var chunk : kept) {
                copy(in, out, chunk);
            }
            return new Cleaned(
                    orientation(in, chunks),
                    chunks.stream().anyMatch(chunk -> chunk.type().equals("ANIM")));
        }
    }

    private static List<Chunk> chunks(RandomAccessFile in) throws IOException {
        in.seek(4);
        long end = Math.min(in.length(), 8 + number(in));
        var chunks = new ArrayList<Chunk>();
        for (long at = HEADER;
                at + 8 <= end;
                at = chunks.getLast().from() + chunks.getLast().padded()) {
            in.seek(at);
            byte[] type = new byte[4];
            in.readFully(type);
            var chunk = new Chunk(new String(type, StandardCharsets.ISO_8859_1), at + 8, number(in));
            if (chunk.from() + chunk.length() > end || chunks.size() == MAX_CHUNKS) {
                throw new BrokenMediaException("it ends too early");
            }
            chunks.add(chunk);
        }
        return chunks;
    }

    private static void copy(RandomAccessFile in, OutputStream out, Chunk chunk) throws IOException {
        out.write(chunk.type().getBytes(StandardCharsets.ISO_8859_1));
        number(out, chunk.length());
        in.seek(chunk.from());
        long left = chunk.length();
        if (chunk.type().equals("VP8X")) {
            if (left < 1) {
                throw new BrokenMediaException("its head is empty");
            }
            out.write(in.readUnsignedByte() & ~META_FLAGS);
            left--;
        }
        PngCleaner.copy(Channels.newInputStream(in.getChannel()), out, left);
        if (chunk.padded() > chunk.length()) {
            out.write(0);
        }
    }

    private static int orientation(RandomAccessFile in, List<Chunk> chunks) throws IOException {
        for (var chunk : chunks) {
            if (chunk.type().equals("EXIF") && chunk.length() <= EXIF_BYTES) {
                byte[] exif = new byte[(int) chunk.length()];
                in.seek(chunk.from());
                in.readFully(exif);
                return Exif.orientation(exif);
            }
        }
        return 1;
    }

    private static long number(RandomAccessFile in) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    }

    private static void number(OutputStream out, long number) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (number >> shift));
        }
    }
}
