package io.magpie.adapter.mongo;

import io.magpie.adapter.jdbc.ShelfStore;
import io.magpie.adapter.jdbc.StorageFixture;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A store for each test: heads in an SQLite file, entries in a database of MongoDB that was emptied.
final class EmbeddedFixture implements StorageFixture {
    private static final MongoSettings MONGO = Mongo.database();

    private @Nullable Path folder;
    private @Nullable ShelfStore store;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Mongo.empty(MONGO);
        folder = Files.createTempDirectory("magpie-store");
        open(shelf -> shelf);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        store().close();
        try (var files = Files.walk(folder())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Opens the store, whose entries go through what is put around the shelf.
    ShelfStore open(UnaryOperator<EntryShelf> around) {
        var opened = ShelfStore.embedded(
                folder(),
                folder().resolve("search"),
                around.apply(MongoShelf.open(MONGO, new RecordBodyCodec())),
                new RecordBodyCodec(),
                InstantSource.system());
        store = opened;
        return opened;
    }

    Path folder() {
        return Objects.requireNonNull(folder);
    }

    ShelfStore store() {
        return Objects.requireNonNull(store);
    }

    @Override
    public Storage ports() {
        return store();
    }

    static MongoSettings mongo() {
        return MONGO;
    }
}
