package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Appender;
import io.magpie.adapter.jdbc.sql.EntryIndex;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import io.magpie.core.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// One open database file: a writer and a pool of readers. Held by this process until closed.
public final class SqliteEngine implements AutoCloseable {
    private final DataFolder folder;
    private final Writer writer;
    private final ReadPool reads;
    private final String epoch;

    private SqliteEngine(DataFolder folder, Writer writer, ReadPool reads, String epoch) {
        this.folder = folder;
        this.writer = writer;
        this.reads = reads;
        this.epoch = epoch;
    }

    /// @throws DataFolderInUseException if another one holds the folder
    /// @throws StoreUnavailableException if the file cannot be opened
    public static SqliteEngine open(Path dataFolder, InstantSource clock, int readers, EntryIndex.Sizes sizes) {
        var folder = DataFolder.hold(dataFolder);
        try {
            return open(folder, clock, readers, sizes);
        } catch (SQLException e) {
            folder.close();
            throw new StoreUnavailableException("data folder: " + dataFolder + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static SqliteEngine open(DataFolder folder, InstantSource clock, int readers, EntryIndex.Sizes sizes)
            throws SQLException {
        var connections = new Connections(folder.database());
        String epoch;
        try (var first = connections.writer()) {
            Migrations.run(connections);
            epoch = Migrations.epoch(first, clock);
        }
        var cache = new KeyCache();
        var index = new EntryIndex(sizes);
        var writer = new Writer(connections, cache, index);
        return new SqliteEngine(folder, writer, new ReadPool(connections, cache, index, readers), epoch);
    }

    public String epoch() {
        return epoch;
    }

    /// Committed data.
    public Source reads() {
        return reads;
    }

    /// The connection of the transaction that this thread is in.
    public Source writes() {
        return writer;
    }

    /// Runs `work`, whose statements come through [#writes], in one transaction, and commits it if `commits` says so
    /// of the result; else, or if anything is thrown, nothing of it remains. One at a time, in the
    /// order they asked.
    ///
    /// @throws StoreUnavailableException if it could not be committed
    public <T> T transact(Supplier<T> work, Predicate<T> commits) {
        return writer.transact(work, commits);
    }

    /// Appends a batch, one transaction.
    public List<AppendResult> append(Appender appender, List<Draft> batch, long now) {
        if (batch.isEmpty()) {
            return List.of();
        }
        var bodies = appender.encode(batch);
        return writer.transact(() -> writer.run(db -> appender.append(db, batch, bodies, now)), committed -> true);
    }

    @Override
    public void close() {
        reads.close();
        writer.close();
        folder.close();
    }
}
