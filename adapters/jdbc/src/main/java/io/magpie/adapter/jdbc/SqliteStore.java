package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.sql.SqlSearch;
import io.magpie.adapter.jdbc.sqlite.EntryIndex;
import io.magpie.adapter.jdbc.sqlite.SqliteAppender;
import io.magpie.adapter.jdbc.sqlite.SqliteEngine;
import io.magpie.adapter.jdbc.sqlite.SqliteLog;
import io.magpie.core.log.BodyCodec;
import java.nio.file.Path;
import java.time.InstantSource;

/// The embedded store: one SQLite file, `magpie.db`, in a data folder that this process holds until [#close]. A
/// commit is on the disk when it is acknowledged and survives the death of the process and of the machine.
///
/// Writes go one after the other over one connection; reads go beside them over four more, and go on while writing
/// fails. Everything may block; any thread but an event loop.
public final class SqliteStore extends JdbcStorage {
    private static final int READERS = 4;

    /// A few milliseconds of a search; at a fifth of a processor the index is seldom so far behind.
    private static final int SEARCHED_TAIL = 10_000;

    private final SqliteEngine engine;

    private SqliteStore(SqliteEngine engine, BodyCodec codec, InstantSource clock) {
        var reads = engine.reads();
        var appender = new SqliteAppender(codec);
        super(
                engine,
                appender,
                new SqliteLog(reads, codec, (batch, now) -> engine.append(appender, batch, now)),
                new SqlSearch(reads, engine.words(), codec, new SqlSearch.Reach(SEARCHED_TAIL, 0), clock));
        this.engine = engine;
    }

    /// Opens the store in `dataFolder`, creating folder and file where there are none, and migrates it to this
    /// version.
    ///
    /// @throws io.magpie.adapter.jdbc.sqlite.DataFolderInUseException if another server uses the folder
    /// @throws io.magpie.core.store.StoreUnavailableException if the file cannot be opened
    public static SqliteStore open(Path dataFolder, BodyCodec codec, InstantSource clock) {
        return open(dataFolder, codec, clock, EntryIndex.Sizes.DEFAULT);
    }

    static SqliteStore open(Path dataFolder, BodyCodec codec, InstantSource clock, EntryIndex.Sizes sizes) {
        return new SqliteStore(SqliteEngine.open(dataFolder, clock, READERS, sizes), codec, clock);
    }

    /// The engine below, for tests of its failures.
    SqliteEngine engine() {
        return engine;
    }
}
