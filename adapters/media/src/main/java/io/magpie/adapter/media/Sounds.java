package io.magpie.adapter.media;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Reads how long a sound in Ogg, WAVE or MP3 is.
final class Sounds {
    private static final int EDGE = 1 << 16;
    private static final int MAX_CHUNKS = 10_000;
    private static final int[] MP3_BIT_RATES = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] MP3_LOW_BIT_RATES = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] MP3_RATES = {44_100, 48_000, 32_000};

    private Sounds() {}

    private static Track audio(String mime, double seconds) {
        return new Track(mime, (long) (seconds * 1000), 0, 0, false, true);
    }

    /// Empty for what is no sound that browsers play.
    static Optional<Track> ogg(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] head = edge(file, 0);
            int opus = find(head, "OpusHead", 0);
            int vorbis = find(head, "\u0001vorbis", 0);
            if (opus < 0 && vorbis < 0) {
                return Optional.empty();
            }
            var numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
            if (head.length < Math.max(opus, vorbis) + 20) {
                throw new BrokenMediaException("it ends too early");
            }
            long rate = opus >= 0 ? 48_000 : Integer.toUnsignedLong(numbers.getInt(vorbis + 12));
            long skipped = opus >= 0 ? Short.toUnsignedInt(numbers.getShort(opus + 10)) : 0;
            long samples = Math.max(0, lastPosition(file) - skipped);
            return Optional.of(audio("audio/ogg", rate == 0 ? 0 : (double) samples / rate));
        }
    }

    /// How far the last page with a position goes.
    private static long lastPosition(RandomAccessFile file) throws IOException {
        byte[] tail = edge(file, Math.max(0, file.length() - EDGE));
        var numbers = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        long position = 0;
        for (int at = find(tail, "OggS", 0); at >= 0; at = find(tail, "OggS", at + 4)) {
            if (at + 14 <= tail.length) {
                position = Math.max(position, numbers.getLong(at + 6));
            }
        }
        return position;
    }

    static Track wave(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            long bytesPerSecond = 0;
            long at = 12;
            for (int i = 0; i < MAX_CHUNKS && at + 8 <= file.length(); i++) {
                file.seek(at);
                byte[] type = new byte[4];
                file.readFully(type);
                long length = Integer.toUnsignedLong(Integer.reverseBytes(file.readInt()));
                String name = new String(type, StandardCharsets.ISO_8859_1);
                if (name.equals("fmt ") && file.length() >= at + 20) {
                    file.seek(at + 16);
                    bytesPerSecond = Integer.toUnsignedLong(Integer.reverseBytes(file.readInt()));
                } else if (name.equals("data") && bytesPerSecond > 0) {
                    // What is recorded live does not know its length when it writes it.
                    return audio("audio/wav", (double) Math.min(length, file.length() - at - 8) / bytesPerSecond);
                }
                at += 8 + length + (length & 1);
            }
            throw new BrokenMediaException("there is nothing in it");
        }
    }

    /// Empty if it only looked like one.
    static Optional<Track> mp3(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            long start = 0;
            byte[] tag = edge(file, 0);
            if (find(tag, "ID3", 0) == 0 && tag.length >= 10) {
                start = 10L + ((tag[6] & 127) << 21 | (tag[7] & 127) << 14 | (tag[8] & 127) << 7 | (tag[9] & 127));
            }
            byte[] head = edge(file, start);
            int at = 0;
            while (at + 4 <= head.length && Format.of(java.util.Arrays.copyOfRange(head, at, at + 4)) != Format.MP3) {
                at++;
            }
            return at + 4 > head.length ? Optional.empty() : Optional.of(frame(head, at, file.length() - start - at));
        }
    }

    private static Track frame(byte[] head, int at, long length) {
        boolean first = (head[at + 1] & 0x18) == 0x18;
        int divisor = first ? 1 : (head[at + 1] & 0x18) == 0x10 ? 2 : 4;
        int rate = MP3_RATES[head[at + 2] >> 2 & 3] / divisor;
        int kilobits = (first ? MP3_BIT_RATES : MP3_LOW_BIT_RATES)[head[at + 2] >> 4 & 15];
        int info = Math.max(find(head, "Xing", at), find(head, "Info", at));
        if (info >= 0 && info < at + 200 && info + 12 <= head.length && (head[info + 7] & 1) != 0) {
            long frames = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(info + 8));
            return audio("audio/mpeg", (double) frames * (first ? 1152 : 576) / rate);
        }
        return audio("audio/mpeg", length * 8.0 / (kilobits * 1000));
    }

    private static byte[] edge(RandomAccessFile file, long from) throws IOException {
        byte[] bytes = new byte[Math.clamp(file.length() - from, 0, EDGE)];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
    }

    private static int find(byte[] in, String text, int from) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = from; at + wanted.length <= in.length; at++) {
            int same = 0;
            while (same < wanted.length && in[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
