package io.magpie.adapter.jdbc.sqlite;

import java.nio.file.Path;

/// Another process, or another store in this one, serves this data folder.
public final class DataFolderInUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DataFolderInUseException(Path folder) {
        super("data folder: " + folder.toAbsolutePath().normalize()
                + " (expected: one that no other running server uses)");
    }
}
