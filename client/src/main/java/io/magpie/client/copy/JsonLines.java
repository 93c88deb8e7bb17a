package io.magpie.client.copy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;

/// A file of lines that only grows. A process may die in the middle of a write: reading stops at the first
/// line that is not whole or not understood, and cuts the file there, so that the next line starts a line.
final class JsonLines {
    private static final int MAX_LINE = 8 << 20;

    private final Path file;

    JsonLines(Path file) {
        this.file = file;
    }

    /// @param reader takes a line; false if it cannot be understood
    void read(Predicate<byte[]> reader) {
        long good = 0;
        long size;
        try (InputStream in = Files.newInputStream(file)) {
            size = Files.size(file);
            good = readWhole(in, reader);
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (good < size) {
            cut(good);
        }
    }

    private static long readWhole(InputStream in, Predicate<byte[]> reader) throws IOException {
        byte[] chunk = new byte[1 << 16];
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        long good = 0;
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            int start = 0;
            for (int i = 0; i < n; i++) {
                if (chunk[i] == '\n') {
                    line.write(chunk, start, i - start);
                    if (!reader.test(line.toByteArray())) {
                        return good;
                    }
                    good += line.size() + 1;
                    line.reset();
                    start = i + 1;
                }
            }
            line.write(chunk, start, n - start);
            if (line.size() > MAX_LINE) {
                return good;
            }
        }
        return good;
    }

    private void cut(long good) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(good);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(byte[] line) {
        append(List.of(line));
    }

    void append(List<byte[]> lines) {
        write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// All at once: after a crash there is the old content or the new.
    void rewrite(List<byte[]> lines) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        write(fresh, lines, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, List<byte[]> lines, StandardOpenOption... options) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.writeBytes(line);
            all.write('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(all.toByteArray());
        try (FileChannel channel = FileChannel.open(file, options)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
