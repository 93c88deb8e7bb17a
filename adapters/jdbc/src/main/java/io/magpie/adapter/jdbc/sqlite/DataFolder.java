package io.magpie.adapter.jdbc.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A data folder held by this process: nobody else serves it or restores into it until this is closed or the process
/// ends. Reading it for a backup needs no hold.
public final class DataFolder implements AutoCloseable {
    private static final String DATABASE = "magpie.db";
    private static final String LOCK = "magpie.lock";

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Creates the folder if needed.
    ///
    /// @throws DataFolderInUseException if another one holds it
    public static DataFolder hold(Path folder) {
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new DataFolderInUseException(folder);
            }
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("data folder: " + folder + " (expected: a folder that can be written)", e);
        }
    }

    /// Where the data is, whether held or not.
    public static Path database(Path folder) {
        return folder.resolve(DATABASE);
    }

    Path path() {
        return folder;
    }

    public Path database() {
        return database(folder);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }
}
