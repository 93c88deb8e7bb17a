package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.database.DatabaseEngine;
import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Settling;
import io.magpie.adapter.jdbc.database.ShelfAppender;
import io.magpie.adapter.jdbc.database.ShelfEngine;
import io.magpie.adapter.jdbc.database.ShelfLog;
import io.magpie.adapter.jdbc.database.ShelfSearched;
import io.magpie.adapter.jdbc.sql.Engine;
import io.magpie.adapter.jdbc.sql.EntryPlaces;
import io.magpie.adapter.jdbc.sql.Spelling;
import io.magpie.adapter.jdbc.sql.SqlSearch;
import io.magpie.adapter.jdbc.sqlite.EntryIndex;
import io.magpie.adapter.jdbc.sqlite.SearchFile;
import io.magpie.adapter.jdbc.sqlite.SqliteEngine;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.EntryShelf;
import java.nio.file.Path;
import java.time.InstantSource;

/// A store whose entries lie on a shelf, and everything else, the heads of the conversations among it, in a database.
/// A commit of the database is what makes an entry part of the log: see [EntryShelf].
///
/// Everything may block; any thread but an event loop.
public final class ShelfStore extends JdbcStorage {
    private static final int READERS = 4;

    /// An entry's number is given before its commit, which may take a moment.
    private static final SqlSearch.Reach SEARCHED = new SqlSearch.Reach(10_000, 10_000);

    private final SearchFile words;

    private ShelfStore(ShelfEngine engine, ShelfAppender appender, ShelfLog log, SearchFile words, SqlSearch search) {
        super(engine, appender, log, search);
        this.words = words;
    }

    /// Opens it with a database that other nodes use as well, and migrates that.
    ///
    /// @param folder for what this node derives from it, the index of search; no other node's
    /// @param shelf closed with the store
    /// @param writer the incarnation of this node, which no other run of any node has; kept with what it commits
    /// @throws io.magpie.core.store.StoreUnavailableException if either cannot be reached or used
    public static ShelfStore open(
            DatabaseSettings settings,
            Path folder,
            EntryShelf shelf,
            BodyCodec codec,
            InstantSource clock,
            long writer) {
        return open(DatabaseEngine.open(settings, clock), settings.dialect(), folder, shelf, codec, clock, writer);
    }

    /// Opens it with an SQLite file in `dataFolder`, which this process holds.
    ///
    /// @param folder for the index of search
    /// @param shelf closed with the store
    /// @throws io.magpie.adapter.jdbc.sqlite.DataFolderInUseException if another server uses the folder
    /// @throws io.magpie.core.store.StoreUnavailableException if either cannot be opened or used
    public static ShelfStore embedded(
            Path dataFolder, Path folder, EntryShelf shelf, BodyCodec codec, InstantSource clock) {
        var engine = SqliteEngine.open(dataFolder, clock, READERS, EntryIndex.Sizes.DEFAULT);
        return open(engine, Spelling.SQLITE, folder, shelf, codec, clock, 0);
    }

    private static ShelfStore open(
            Engine database,
            Spelling spelling,
            Path folder,
            EntryShelf shelf,
            BodyCodec codec,
            InstantSource clock,
            long writer) {
        try {
            EntryPlaces.onShelf(database, spelling, shelf.kind());
            shelf.claim(database.epoch());
            var settling = new Settling(shelf, database.reads());
            var engine = new ShelfEngine(database, shelf, settling);
            var appender = new ShelfAppender(spelling, shelf, settling, codec, writer);
            var words = SearchFile.open(folder, database.epoch(), shelf.taken());
            return new ShelfStore(
                    engine,
                    appender,
                    new ShelfLog(
                            database.reads(),
                            shelf,
                            settling,
                            codec,
                            (batch, now) -> engine.append(appender, batch, now)),
                    words,
                    new SqlSearch(
                            database.reads(), words, db -> new ShelfSearched(db, shelf, settling), SEARCHED, clock));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public void close() {
        words.close();
        super.close();
    }
}
