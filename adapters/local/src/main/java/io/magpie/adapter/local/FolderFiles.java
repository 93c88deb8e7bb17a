package io.magpie.adapter.local;

import io.magpie.core.file.FileStore;
import io.magpie.core.store.StoreUnavailableException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/// Bytes of files in a folder, two levels deep: `ab/cd/abcd…`. A file gets its name when all of it is on the disk, so
/// what has a name is whole. Several nodes may share the folder.
public final class FolderFiles implements FileStore {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{8,128}");

    private static final String MARK = ".folder";

    private final Path folder;

    /// Makes the folder if it is missing.
    public FolderFiles(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("files: " + folder + " (expected: a folder that can be written)", e);
        }
    }

    /// What tells this folder from any other: written into it when first asked for, the same for all who share it.
    public byte[] mark() {
        Path mark = folder.resolve(MARK);
        try {
            if (Files.notExists(mark)) {
                Path fresh = Files.write(
                        Files.createTempFile(folder, MARK, null),
                        UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
                try {
                    Files.createLink(mark, fresh);
                } catch (FileAlreadyExistsException _) {
                    // Somebody who shares the folder was first.
                } finally {
                    Files.delete(fresh);
                }
            }
            return Files.readAllBytes(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("files: " + folder + " (expected: a folder that can be written)", e);
        }
    }

    @Override
    public void put(String hash, Path bytes) {
        Path to = path(hash);
        if (Files.exists(to)) {
            return;
        }
        Path outer = folder.resolve(hash.substring(0, 2));
        Path inner = outer.resolve(hash.substring(2, 4));
        try {
            Files.createDirectories(inner);
            sync(bytes, StandardOpenOption.WRITE);
            move(bytes, to, inner);
            // A name is kept in the folder above it.
            for (Path changed : List.of(inner, outer, folder)) {
                sync(changed, StandardOpenOption.READ);
            }
        } catch (IOException e) {
            throw unavailable("written", e);
        }
    }

    @Override
    public InputStream open(String hash, long from, long length) {
        try {
            var channel = FileChannel.open(path(hash), StandardOpenOption.READ);
            if (channel.size() < from + length) {
                channel.close();
                throw new IOException(hash + " is shorter than it was");
            }
            return new Part(Channels.newInputStream(channel.position(from)), length);
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    @Override
    public void delete(String hash) {
        try {
            Files.deleteIfExists(path(hash));
        } catch (IOException e) {
            throw unavailable("deleted", e);
        }
    }

    private Path path(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("hash: " + hash + " (expected: lower-case hexadecimal)");
        }
        return folder.resolve(hash.substring(0, 2))
                .resolve(hash.substring(2, 4))
                .resolve(hash);
    }

    private static void move(Path bytes, Path to, Path beside) throws IOException {
        try {
            Files.move(bytes, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            // Uploads arrive on another disk.
            Path copy = Files.createTempFile(beside, "", ".part");
            try {
                Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
                sync(copy, StandardOpenOption.WRITE);
                Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(copy);
            }
        }
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private static StoreUnavailableException unavailable(String what, IOException e) {
        return new StoreUnavailableException("files cannot be " + what + ": " + e.getMessage(), e);
    }

    /// The next bytes of a stream, so many and no more.
    private static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(to, from, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = super.skip(Math.min(wanted, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, super.available());
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
