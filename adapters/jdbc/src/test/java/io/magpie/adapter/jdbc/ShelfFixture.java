package io.magpie.adapter.jdbc;

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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A store for each test: heads in an SQLite file, entries on a shelf that was emptied.
public final class ShelfFixture implements StorageFixture {
    private final Supplier<EntryShelf> shelves;
    private final Runnable empty;
    private @Nullable Path folder;
    private @Nullable ShelfStore store;

    /// @param shelves each opens the same shelf
    /// @param empty leaves nothing on it
    public ShelfFixture(Supplier<EntryShelf> shelves, Runnable empty) {
        this.shelves = shelves;
        this.empty = empty;
    }

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
        empty.run();
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
        var shelf = around.apply(shelf());
        return ShelfStore.embedded(data, data.resolve("search"), shelf, new RecordBodyCodec(), InstantSource.system());
    }

    ShelfStore store() {
        return Objects.requireNonNull(store);
    }

    @Override
    public Storage ports() {
        return store();
    }

    /// The shelf alone, to be closed by whoever asks.
    EntryShelf shelf() {
        return shelves.get();
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
