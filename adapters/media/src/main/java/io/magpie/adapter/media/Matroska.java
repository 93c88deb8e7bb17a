package io.magpie.adapter.media;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads how long and how large a film or sound in WebM or Matroska is. Browsers record without saying how long, so
/// the time of the last block counts as well.
final class Matroska {
    private static final int MAX_ELEMENTS = 5_000_000;

    private final DataInputStream in;
    private String type = "";
    private long scale = 1_000_000;
    private double duration;
    private long cluster;
    private long last;
    private int width;
    private int height;
    private boolean video;
    private boolean audio;
    private boolean blocks;

    private Matroska(DataInputStream in) {
        this.in = in;
    }

    static Track read(Path path) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            var matroska = new Matroska(in);
            matroska.elements();
            return matroska.track();
        }
    }

    private Track track() throws IOException {
        if (!blocks || (!video && !audio)) {
            throw new BrokenMediaException("there is nothing in it");
        }
        double units = duration > 0 ? duration : last;
        String family = video ? "video/" : "audio/";
        return new Track(
                family + (type.equals("webm") ? "webm" : "x-matroska"),
                (long) (units * scale / 1e6),
                width,
                height,
                video,
                audio);
    }

    /// Elements within others follow each other in the file, so their nesting need not be kept.
    private void elements() throws IOException {
        try {
            for (int i = 0; i < MAX_ELEMENTS; i++) {
                int first = in.read();
                if (first < 0) {
                    return;
                }
                element(id(first), size());
            }
        } catch (EOFException e) {
            // A recorder that was stopped leaves its last block unfinished.
            if (!blocks) {
                throw new BrokenMediaException("it ends too early", e);
            }
            return;
        }
        throw new BrokenMediaException("it has more parts than any film");
    }

    private void element(long id, long size) throws IOException {
        switch ((int) id) {
            case 0x1a45dfa3, 0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0x1f43b675, 0xa0 -> {
                // What follows is within it.
            }
            case 0x4282 -> type = text(size);
            case 0x2ad7b1 -> scale = Math.max(1, number(size));
            case 0x4489 -> duration = size == 4 ? in.readFloat() : in.readDouble();
            case 0x83 -> track((int) number(size));
            case 0xb0 -> width = (int) Math.min(65_535, Math.max(width, number(size)));
            case 0xba -> height = (int) Math.min(65_535, Math.max(height, number(size)));
            case 0xe7 -> cluster = number(size);
            case 0xa3, 0xa1 -> block(size);
            default -> in.skipNBytes(size);
        }
    }

    private void track(int kind) {
        video |= kind == 1;
        audio |= kind == 2;
    }

    private void block(long size) throws IOException {
        int first = in.readUnsignedByte();
        int track = Integer.numberOfLeadingZeros(first) - 24;
        in.skipNBytes(track);
        last = Math.max(last, cluster + in.readShort());
        in.skipNBytes(Math.max(0, size - 3 - track));
        blocks = true;
    }

    /// With the bits that tell its length, as identifiers are written.
    private long id(int first) throws IOException {
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 3) {
            throw new BrokenMediaException("a part of it is none that exists");
        }
        long id = first;
        for (int i = 0; i < more; i++) {
            id = id << 8 | in.readUnsignedByte();
        }
        return id;
    }

    /// Without these bits; of what has no end that is known, 2^56 − 1 or the like, which is more than a file has.
    private long size() throws IOException {
        int first = in.readUnsignedByte();
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 7) {
            throw new BrokenMediaException("a part of it has no length");
        }
        long size = first & (0x7f >> more);
        for (int i = 0; i < more; i++) {
            size = size << 8 | in.readUnsignedByte();
        }
        return size;
    }

    private long number(long size) throws IOException {
        if (size > 8) {
            throw new BrokenMediaException("a number in it is too long");
        }
        long number = 0;
        for (int i = 0; i < size; i++) {
            number = number << 8 | in.readUnsignedByte();
        }
        return number;
    }

    private String text(long size) throws IOException {
        if (size > 64) {
            throw new BrokenMediaException("its head is too long");
        }
        return new String(in.readNBytes((int) size), StandardCharsets.ISO_8859_1).replace("\0", "");
    }
}
