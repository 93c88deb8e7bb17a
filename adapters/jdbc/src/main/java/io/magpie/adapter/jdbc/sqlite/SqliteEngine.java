package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Engine;
import io.magpie.adapter.jdbc.sql.KeyCache;
import io.magpie.adapter.jdbc.sql.LogEdits;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.adapter.jdbc.sql.WordIndex;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import io.magpie.core.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// One open database file: a writer and a pool of readers. Held by this process until closed.
public final class SqliteEngine implements Engine {
    /// More than the file may have free of its own, so that a probe needs room on the disk.
    private static final int PROBE_BYTES = 64 << 10;

    private final DataFolder folder;
    private final Writer writer;
    private final ReadPool reads;
    private final SearchFile words;
    private final String epoch;
    private final WriteHealth health = new WriteHealth();

    private SqliteEngine(DataFolder folder, Writer writer, ReadPool reads, SearchFile words, String epoch) {
        this.folder = folder;
        this.writer = writer;
        this.reads = reads;
        this.words = words;
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
        long last;
        try (var first = connections.writer()) {
            Migrations.run(connections);
            epoch = Migrations.epoch(first, clock);
            last = new Statements(first).number("SELECT max(id) FROM entry");
        }
        var cache = new KeyCache();
        var index = new EntryIndex(sizes);
        var writer = new Writer(connections, cache, index);
        var words = SearchFile.open(folder.path(), epoch, last);
        return new SqliteEngine(folder, writer, new ReadPool(connections, cache, index, readers), words, epoch);
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Source reads() {
        return reads;
    }

    /// What search knows of the log.
    public WordIndex words() {
        return words;
    }

    /// One at a time, in the order they asked; `work` runs once.
    @Override
    public <T> T transact(Function<Source, T> work, Predicate<T> commits) {
        return health.watch(() -> writer.transact(work, commits));
    }

    @Override
    public List<AppendResult> append(LogEdits log, List<Draft> batch, long now) {
        var results = Engine.super.append(log, batch, now);
        if (results.stream().anyMatch(result -> result instanceof AppendResult.Stored stored && !stored.duplicate())) {
            health.written();
        }
        return results;
    }

    /// What keeps the disk from taking writes. While something did, this writes a little to see whether it still
    /// does.
    @Override
    public Optional<String> problem() {
        if (health.problem().isPresent()) {
            try {
                probe("INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', ?)", "x".repeat(PROBE_BYTES));
                probe("DELETE FROM meta WHERE name = ?", "probe");
                health.written();
            } catch (StoreUnavailableException e) {
                return health.problem().or(() -> Optional.of(String.valueOf(e.getMessage())));
            }
        }
        return Optional.empty();
    }

    private void probe(String statement, String value) {
        transact(source -> source.run(db -> db.sql().update(statement, value)), rows -> true);
    }

    @Override
    public void close() {
        words.close();
        reads.close();
        writer.close();
        folder.close();
    }
}
