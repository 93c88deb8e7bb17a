package io.magpie.adapter.mongo;

import io.magpie.adapter.jdbc.ShelfStore;
import io.magpie.adapter.jdbc.StorageFixture;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    public void beforeEach(ExtensionContext context) {
        anew();
        store = open(shelf -> shelf);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        store().close();
        delete();
    }

    /// Everything that was stored is gone.
    void anew() {
        Mongo.empty(MONGO);
        delete();
        try {
            folder = Files.createTempDirectory("magpie-store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Opens the store, whose entries go through what is put around the shelf.
    ShelfStore open(UnaryOperator<EntryShelf> around) {
        var data = Objects.requireNonNull(folder);
        var shelf = around.apply(MongoShelf.open(MONGO, new RecordBodyCodec()));
        return ShelfStore.embedded(data, data.resolve("search"), shelf, new RecordBodyCodec(), InstantSource.system());
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

    private void delete() {
        var data = folder;
        if (data == null) {
            return;
        }
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
