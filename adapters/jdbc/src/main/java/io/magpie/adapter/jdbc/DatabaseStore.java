package io.magpie.adapter.jdbc;

import io.magpie.adapter.jdbc.database.DatabaseAppender;
import io.magpie.adapter.jdbc.database.DatabaseEngine;
import io.magpie.adapter.jdbc.database.DatabaseLog;
import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.sql.SqlSearch;
import io.magpie.adapter.jdbc.sqlite.SearchFile;
import io.magpie.core.log.BodyCodec;
import java.nio.file.Path;
import java.time.InstantSource;

/// A store in a MySQL, MariaDB or PostgreSQL database that any number of nodes use at the same time. What a commit is
/// safe from is the database's to say. It reconnects by itself.
///
/// Everything may block; any thread but an event loop.
public final class DatabaseStore extends JdbcStorage {
    /// Several nodes write: an entry's number is given before its commit, which may take a moment.
    private static final SqlSearch.Reach SEARCHED = new SqlSearch.Reach(10_000, 10_000);

    private final SearchFile words;

    private DatabaseStore(DatabaseEngine engine, SearchFile words, BodyCodec codec, InstantSource clock, long writer) {
        var reads = engine.reads();
        var dialect = engine.dialect();
        var appender = new DatabaseAppender(dialect, codec, writer);
        super(
                engine,
                appender,
                new DatabaseLog(reads, dialect, codec, (batch, now) -> engine.append(appender, batch, now)),
                new SqlSearch(reads, words, codec, SEARCHED, clock));
        this.words = words;
    }

    /// Opens the store and migrates it to this version.
    ///
    /// @param folder for what this node derives from it, the index of search; no other node's
    /// @param writer the incarnation of this node, which no other run of any node has; kept with what it commits
    /// @throws io.magpie.core.store.StoreUnavailableException if the database cannot be reached or used
    public static DatabaseStore open(
            DatabaseSettings settings, Path folder, BodyCodec codec, InstantSource clock, long writer) {
        var engine = DatabaseEngine.open(settings, clock);
        try {
            long last = engine.reads().run(db -> db.sql().number("SELECT max(id) FROM entry"));
            return new DatabaseStore(engine, SearchFile.open(folder, engine.epoch(), last), codec, clock, writer);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    @Override
    public void close() {
        words.close();
        super.close();
    }
}
