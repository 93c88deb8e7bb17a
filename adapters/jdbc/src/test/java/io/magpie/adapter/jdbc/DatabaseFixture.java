package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.core.storage.Storage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A store in an empty database of a real server for each test.
final class DatabaseFixture implements StorageFixture {
    private final Dialect dialect;
    private final List<DatabaseStore> nodes = new ArrayList<>();
    private @Nullable DatabaseSettings settings;

    DatabaseFixture(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        settings = Databases.shared(dialect);
        node();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        nodes.forEach(DatabaseStore::close);
        nodes.clear();
        Databases.empty(settings());
    }

    DatabaseSettings settings() {
        return Objects.requireNonNull(settings);
    }

    /// One more node on the same database.
    DatabaseStore node() {
        var node = DatabaseStore.open(
                settings(), Databases.folder(), SqliteFixture.CODEC, InstantSource.system(), nodes.size() + 1);
        nodes.add(node);
        return node;
    }

    @Override
    public Storage ports() {
        return nodes.getFirst();
    }
}
