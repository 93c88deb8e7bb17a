package io.magpie.adapter.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Reads how long and how large a film in MP4 or QuickTime is, also one in fragments, as recorders write it; and wipes
/// out what cameras note beside it: place, owner, device. The boxes stay where they are, empty.
final class Mp4 {
    private static final int MAX_BOXES = 500_000;
    private static final int MAX_TRACKS = 100;
    private static final int LONG_HEADER = 16;
    private static final Set<String> OUTER = Set.of("moov", "trak", "mdia", "minf", "mvex", "moof", "traf");
    private static final Set<String> NOTES = Set.of("udta", "meta", "uuid");

    private final RandomAccessFile file;
    private String brand = "";
    private long scale;
    private long duration;
    private final Map<Long, Fragments> fragments = new HashMap<>();
    private Fragments track = new Fragments();
    private long sampleDuration;
    private long[] display = {0, 0};
    private int width;
    private int height;
    private boolean video;
    private boolean audio;
    private boolean whole;
    private int boxes;

    /// The time of one track in fragments.
    private static final class Fragments {
        private long scale;
        private long sampleDuration;
        private long duration;

        long ms() {
            return scale == 0 ? 0 : milliseconds(duration, scale);
        }
    }

    private Mp4(RandomAccessFile file) {
        this.file = file;
    }

    static Track read(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            var mp4 = new Mp4(file);
            mp4.boxes(0, file.length(), true);
            return mp4.track();
        } catch (EOFException e) {
            throw new BrokenMediaException("it ends too early", e);
        }
    }

    private Track track() throws IOException {
        if (!whole) {
            throw new BrokenMediaException("it ends too early: the part that explains the rest is missing");
        }
        long ms = scale == 0 ? 0 : milliseconds(duration, scale);
        if (ms == 0) {
            ms = fragments.values().stream().mapToLong(Fragments::ms).max().orElse(0);
        }
        String type = brand.equals("qt  ") && video ? "video/quicktime" : video ? "video/mp4" : "audio/mp4";
        return new Track(type, ms, width, height, video, audio);
    }

    private static long milliseconds(long duration, long scale) {
        return (long) Math.min(Long.MAX_VALUE / 2.0, duration * 1000.0 / scale);
    }

    private void boxes(long from, long to, boolean top) throws IOException {
        for (long at = from; at + 8 <= to; ) {
            if (++boxes > MAX_BOXES) {
                throw new BrokenMediaException("it has more parts than any film");
            }
            file.seek(at);
            long size = Integer.toUnsignedLong(file.readInt());
            String type = word();
            int header = 8;
            if (size == 1) {
                size = file.readLong();
                header = LONG_HEADER;
            } else if (size == 0) {
                size = to - at;
            }
            if (size < header || size > to - at) {
                // What was being written when a recorder ended is left out; the rest is a film.
                if (top && whole) {
                    return;
                }
                throw new BrokenMediaException("a part of it is longer than the whole");
            }
            box(type, at, at + header, at + size);
            at += size;
        }
    }

    private void box(String type, long at, long from, long to) throws IOException {
        if (NOTES.contains(type)) {
            wipe(at, from, to);
        } else if (OUTER.contains(type)) {
            boxes(from, to, false);
            whole |= type.equals("moov");
        } else {
            leaf(type, to - from);
        }
    }

    private void leaf(String type, long length) throws IOException {
        switch (type) {
            case "ftyp" -> brand = length >= 4 ? word() : "";
            case "mvhd" -> {
                long[] time = time();
                scale = time[0];
                duration = time[1];
            }
            case "mehd" ->
                duration = file.readUnsignedByte() == 1 ? skip(3).file.readLong() : skip(3).number();
            case "tkhd" -> trackHeader();
            case "mdhd" -> track.scale = time()[0];
            case "trex" -> {
                skip(4);
                named(number());
                skip(4);
                track.sampleDuration = number();
            }
            case "hdlr" -> handler();
            case "tfhd" -> fragmentHeader();
            case "trun" -> fragmentRun(length);
            default -> {
                // Not needed.
            }
        }
    }

    private long[] time() throws IOException {
        boolean wide = file.readUnsignedByte() == 1;
        skip(wide ? 19 : 11);
        long units = number();
        long length = wide ? file.readLong() : number();
        return new long[] {units, length == 0xffff_ffffL || length < 0 ? 0 : length};
    }

    private void trackHeader() throws IOException {
        boolean wide = file.readUnsignedByte() == 1;
        skip(wide ? 19 : 11);
        named(number());
        skip(4 + (wide ? 8 : 4) + 16);
        int[] matrix = new int[9];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = file.readInt();
        }
        long across = number() >> 16;
        long down = number() >> 16;
        boolean lies = matrix[0] == 0 && matrix[1] != 0;
        display = lies ? new long[] {down, across} : new long[] {across, down};
    }

    private void handler() throws IOException {
        skip(8);
        switch (word()) {
            case "vide" -> {
                video = true;
                width = (int) Math.max(width, display[0]);
                height = (int) Math.max(height, display[1]);
            }
            case "soun" -> audio = true;
            default -> {
                // Texts and the like.
            }
        }
    }

    private void fragmentHeader() throws IOException {
        int flags = file.readInt();
        named(number());
        skip(((flags & 1) == 0 ? 0 : 8) + ((flags & 2) == 0 ? 0 : 4));
        sampleDuration = (flags & 8) == 0 ? track.sampleDuration : number();
    }

    private void named(long id) throws IOException {
        if (fragments.size() > MAX_TRACKS) {
            throw new BrokenMediaException("it has more tracks than any film");
        }
        track = fragments.computeIfAbsent(id, _ -> new Fragments());
    }

    private void fragmentRun(long length) throws IOException {
        int flags = file.readInt();
        long samples = number();
        skip(((flags & 1) == 0 ? 0 : 4) + ((flags & 4) == 0 ? 0 : 4));
        int entry = 4 * Integer.bitCount(flags & 0xf00);
        if ((flags & 0x100) == 0) {
            track.duration += samples * sampleDuration;
            return;
        }
        for (long i = 0; i < Math.min(samples, length / Math.max(4, entry)); i++) {
            track.duration += number();
            skip(entry - 4);
        }
    }

    private void wipe(long at, long from, long to) throws IOException {
        file.seek(at + 4);
        file.write("free".getBytes(StandardCharsets.US_ASCII));
        file.seek(from);
        byte[] nothing = new byte[8192];
        for (long left = to - from; left > 0; left -= nothing.length) {
            file.write(nothing, 0, (int) Math.min(nothing.length, left));
        }
    }

    private Mp4 skip(int bytes) throws IOException {
        file.seek(file.getFilePointer() + bytes);
        return this;
    }

    private long number() throws IOException {
        return Integer.toUnsignedLong(file.readInt());
    }

    private String word() throws IOException {
        byte[] letters = new byte[4];
        file.readFully(letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
