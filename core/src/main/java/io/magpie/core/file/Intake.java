package io.magpie.core.file;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where uploads arrive: a folder of its own for each, on this machine, gone with the request. What a killed process
/// left is deleted at the next start.
public final class Intake {
    private static final int PART = 64 << 10;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /// Who sends slower than this for longer than the grace only holds a place.
    private static final long BYTES_PER_SECOND = 4 << 10;

    private final Path folder;

    /// @param folder only for this process; what is in it is deleted
    public Intake(Path folder) {
        this.folder = folder;
        try {
            if (java.nio.file.Files.exists(folder)) {
                delete(folder);
            }
            java.nio.file.Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("uploads: " + folder + " (expected: a folder that can be written)", e);
        }
    }

    /// An empty folder for one upload.
    Path place() {
        try {
            return java.nio.file.Files.createTempDirectory(folder, "upload");
        } catch (IOException e) {
            throw full(e);
        }
    }

    /// Writes the body to a file, as much as `limit` allows for what it turns out to be.
    ///
    /// @throws IOException if the sender went away
    Outcome<Long> receive(InputStream body, Path to, Limit limit) throws IOException {
        byte[] part = new byte[PART];
        int first = body.readNBytes(part, 0, MediaInspector.HEAD);
        long most = limit.of(Arrays.copyOf(part, first));
        long began = System.nanoTime();
        long size = 0;
        try (var out = create(to)) {
            for (int n = first; n > 0; n = Math.max(0, body.read(part))) {
                size += n;
                if (size > most) {
                    return tooLarge(most);
                }
                if (tooSlow(size, System.nanoTime() - began)) {
                    return Outcome.rejected(ErrorCode.MALFORMED, "body: did not come in time");
                }
                write(out, part, n);
            }
        }
        return size == 0 ? Outcome.rejected(ErrorCode.MALFORMED, "body: empty (expected: a file)") : Outcome.done(size);
    }

    /// How many bytes a body that begins so may have.
    interface Limit {
        long of(byte[] head);
    }

    static <T> Outcome<T> tooLarge(long most) {
        return Outcome.rejected(ErrorCode.TOO_LARGE, "body: too large (expected: at most " + most + " bytes)");
    }

    static void discard(Path place) {
        try {
            delete(place);
        } catch (IOException e) {
            throw full(e);
        }
    }

    private static boolean tooSlow(long bytes, long nanos) {
        return nanos > GRACE_NANOS && bytes < TimeUnit.NANOSECONDS.toSeconds(nanos) * BYTES_PER_SECOND;
    }

    private static OutputStream create(Path to) {
        try {
            return java.nio.file.Files.newOutputStream(to);
        } catch (IOException e) {
            throw full(e);
        }
    }

    private static void write(OutputStream out, byte[] part, int length) {
        try {
            out.write(part, 0, length);
        } catch (IOException e) {
            throw full(e);
        }
    }

    private static StoreUnavailableException full(IOException e) {
        return new StoreUnavailableException("uploads cannot be written: " + e.getMessage(), e);
    }

    private static void delete(Path folder) throws IOException {
        java.nio.file.Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                java.nio.file.Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault) throws IOException {
                if (fault != null) {
                    throw fault;
                }
                java.nio.file.Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
