package io.magpie.bench.jmh;

import io.magpie.adapter.jdbc.SqliteStore;
import io.magpie.protocol.json.JsonBodyCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;

/// An embedded store in a folder of its own.
final class StoreFolder implements AutoCloseable {
    private final Path folder;
    private final SqliteStore store;

    StoreFolder() {
        try {
            folder = Files.createTempDirectory("magpie-jmh");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        store = SqliteStore.open(folder, new JsonBodyCodec(), InstantSource.system());
    }

    SqliteStore store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
