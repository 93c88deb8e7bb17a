package io.magpie.adapter.jdbc.sql;

import io.magpie.core.store.StoreUnavailableException;

/// Where the entries are whose heads a database holds: in itself or on a shelf of one kind, for good. Opened as
/// another one, the log would have lost them.
public final class EntryPlaces {
    private static final String SHELF = "SELECT value FROM meta WHERE name = 'shelf'";
    private static final String INSIDE = "store";

    private EntryPlaces() {}

    /// @throws StoreUnavailableException if they are on a shelf
    public static void inside(Engine database) {
        agreed(found(database), INSIDE);
    }

    /// From now on they are.
    ///
    /// @param kind what the shelf is, in the words of `history.in`
    /// @throws StoreUnavailableException if some are in the database, or on a shelf of another kind
    public static void onShelf(Engine database, Spelling spelling, String kind) {
        if (database.reads().run(db -> db.sql().number("SELECT count(*) FROM conversation WHERE last_seq > 0")) != 0) {
            agreed(found(database), kind);
        }
        int _ = database.transact(
                source -> source.run(
                        db -> db.sql().update(spelling.insertNew("meta (name, value) VALUES (?, ?)"), "shelf", kind)),
                _ -> true);
        agreed(found(database), kind);
    }

    private static String found(Engine database) {
        return database.reads()
                .run(db -> db.sql().first(SHELF, row -> row.getString(1)))
                .orElse(INSIDE);
    }

    private static void agreed(String begun, String asked) {
        if (!begun.equals(asked)) {
            throw new StoreUnavailableException(
                    "its log was begun with history.in: %s (expected: that, or an empty one)".formatted(begun),
                    new IllegalStateException("history.in"));
        }
    }
}
