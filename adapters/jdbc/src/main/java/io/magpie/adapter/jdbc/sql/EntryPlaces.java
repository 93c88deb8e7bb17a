package io.magpie.adapter.jdbc.sql;

import io.magpie.core.store.StoreUnavailableException;

/// Where the entries are whose heads a database holds: in itself or on a shelf, for good. Opened as the other kind,
/// the log would have lost them.
public final class EntryPlaces {
    private static final String SHELF = "SELECT count(*) FROM meta WHERE name = 'shelf'";

    private EntryPlaces() {}

    /// @throws StoreUnavailableException if they are on a shelf
    public static void inside(Engine database) {
        if (database.reads().run(db -> db.sql().number(SHELF)) != 0) {
            throw elsewhere("its log was begun in MongoDB (expected: history.in: mongodb)");
        }
    }

    /// From now on they are.
    ///
    /// @throws StoreUnavailableException if some are in the database
    public static void onShelf(Engine database, Spelling spelling) {
        if (database.reads().run(db -> db.sql().number("SELECT count(*) FROM conversation WHERE last_seq > 0")) != 0
                && database.reads().run(db -> db.sql().number(SHELF)) == 0) {
            throw elsewhere("it holds a log of its own (expected: an empty one, or history.in: store)");
        }
        int _ = database.transact(
                source -> source.run(
                        db -> db.sql().update(spelling.insertNew("meta (name, value) VALUES (?, ?)"), "shelf", "yes")),
                _ -> true);
    }

    private static StoreUnavailableException elsewhere(String why) {
        return new StoreUnavailableException(why, new IllegalStateException("shelf"));
    }
}
