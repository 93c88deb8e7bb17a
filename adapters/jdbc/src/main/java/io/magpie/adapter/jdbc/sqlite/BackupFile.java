package io.magpie.adapter.jdbc.sqlite;

import io.magpie.core.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A whole store in one closed file.
public final class BackupFile {
    private BackupFile() {}

    /// Copies what is committed in `database`, as of one moment, into a new file.
    public static void write(Path database, Path target) {
        try (var reader = new Connections(database).reader();
                PreparedStatement copy = reader.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, target.toString());
            copy.execute();
        } catch (SQLException e) {
            throw new StoreUnavailableException("backup: " + target + ": " + e.getMessage(), e);
        }
    }

    /// Gives the store in this file a new epoch, which is returned.
    ///
    /// @throws IllegalArgumentException if there is no store in it
    public static String renew(Path file, InstantSource clock) {
        try (var connection = new Connections(file).plain()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM meta WHERE name = 'epoch'")) {
                if (!rows.next() || rows.getInt(1) != 1) {
                    throw new IllegalArgumentException("backup: no epoch (expected: a backup of Magpie)");
                }
            }
            return Migrations.newEpoch(connection, clock);
        } catch (SQLException e) {
            throw new IllegalArgumentException("backup: " + e.getMessage() + " (expected: a backup of Magpie)", e);
        }
    }

    /// Reads a store that nobody writes.
    ///
    /// @throws IllegalArgumentException if there is none in the file
    public static Connection read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("backup: " + file + " (expected: a file)");
        }
        try {
            return new Connections(file).reader();
        } catch (SQLException e) {
            throw new IllegalArgumentException("backup: " + e.getMessage() + " (expected: a backup of Magpie)", e);
        }
    }

    /// Waits until a file or folder is on the disk.
    public static void toDisk(@Nullable Path path) throws IOException {
        if (path != null) {
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
