package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.sqlite.BackupFile;
import io.magpie.adapter.jdbc.sqlite.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;

/// Copies of an embedded store, taken and put back by a process of their own. A mistake of the caller is an
/// [IllegalArgumentException] with one sentence for people.
public final class SqliteBackup {
    private SqliteBackup() {}

    /// Writes everything committed to one new file, as of one moment; a server may be running on the folder and goes
    /// on reading and writing. The file is complete and on the disk when this returns, or not there at all.
    public static void backup(Path dataFolder, Path target) {
        var database = DataFolder.database(dataFolder);
        if (!Files.exists(database)) {
            throw new IllegalArgumentException("data folder: " + dataFolder + " (expected: one with a store in it)");
        }
        if (Files.exists(target)) {
            throw new IllegalArgumentException("backup: " + target + " (expected: a file that does not exist yet)");
        }
        var unfinished = beside(target, ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            BackupFile.write(database, unfinished);
            move(unfinished, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts a backup into a data folder as a new epoch, so that clients drop their copies. A server must not be
    /// running on it.
    ///
    /// @param force replaces a store that is already there
    /// @return the new epoch
    /// @throws io.magpie.adapter.jdbc.sqlite.DataFolderInUseException if a server uses the folder
    public static String restore(Path backup, Path dataFolder, boolean force, InstantSource clock) {
        if (!Files.isRegularFile(backup)) {
            throw new IllegalArgumentException("backup: " + backup + " (expected: a file)");
        }
        try (var folder = DataFolder.hold(dataFolder)) {
            var database = folder.database();
            if (Files.exists(database) && !force) {
                throw new IllegalArgumentException(
                        "data folder: " + dataFolder + " (expected: one without a store, or force)");
            }
            var unfinished = beside(database, ".restoring");
            Files.copy(backup, unfinished, StandardCopyOption.REPLACE_EXISTING);
            String epoch = BackupFile.renew(unfinished, clock);
            // The old store's log would be taken for that of the new one.
            Files.deleteIfExists(beside(database, "-wal"));
            Files.deleteIfExists(beside(database, "-shm"));
            move(unfinished, database);
            return epoch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static void move(Path from, Path to) throws IOException {
        BackupFile.toDisk(from);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        BackupFile.toDisk(to.toAbsolutePath().getParent());
    }
}
