package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.sqlite.EntryIndex;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A store in a fresh folder for each test.
final class SqliteFixture implements StorageFixture {
    static final BodyCodec CODEC = new RecordBodyCodec();

    private final EntryIndex.Sizes sizes;
    private @Nullable Path folder;
    private @Nullable SqliteStore store;

    SqliteFixture() {
        this(EntryIndex.Sizes.DEFAULT);
    }

    SqliteFixture(EntryIndex.Sizes sizes) {
        this.sizes = sizes;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("magpie-store");
        store = SqliteStore.open(folder, CODEC, InstantSource.system(), sizes);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        store().close();
        try (var files = Files.walk(folder())) {
            files.sorted(Comparator.reverseOrder()).forEach(SqliteFixture::delete);
        }
    }

    Path folder() {
        return Objects.requireNonNull(folder);
    }

    SqliteStore store() {
        return Objects.requireNonNull(store);
    }

    SqliteStore reopen() {
        store().close();
        store = SqliteStore.open(folder(), CODEC, InstantSource.system(), sizes);
        return store;
    }

    @Override
    public Storage ports() {
        return store();
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
