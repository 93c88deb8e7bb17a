package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Chunks;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which drafts of one batch were stored before: the index tables are asked for all of them at once. The numbers they
/// are found by can be shared, so each row found is read.
final class Repeats {
    private final Db db;
    private final Map<Long, List<Long>> stored;

    private Repeats(Db db, Map<Long, List<Long>> stored) {
        this.db = db;
        this.stored = stored;
    }

    /// @param codes of the drafts' senders and clientIds
    static Repeats read(Db db, Tails tails, List<Draft> drafts, int[] codes) throws SQLException {
        var hashes = new ArrayList<Long>(codes.length);
        for (int i = 0; i < codes.length; i++) {
            long key = tails.of(drafts.get(i).conversation()).key;
            if (key != 0 && drafts.get(i).clientId() != null) {
                hashes.add(EntryIndex.repeat(key, codes[i]));
            }
        }
        var stored = new HashMap<Long, List<Long>>();
        for (var chunk : new Chunks<>(hashes)) {
            var query =
                    db.sql().prepare("SELECT hash, entry_id FROM entry_repeat WHERE hash IN (" + chunk.marks() + ")");
            chunk.bind(query, 1);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    stored.computeIfAbsent(rows.getLong(1), _ -> new ArrayList<>())
                            .add(rows.getLong(2));
                }
            }
        }
        return new Repeats(db, stored);
    }

    /// Whether there is a row to look at; if so, it may not have been flushed yet.
    boolean possible(long repeat) {
        return stored.containsKey(repeat) || candidates(repeat);
    }

    /// The answer to the first draft with this clientId.
    Optional<AppendResult> first(long repeat, Draft draft) throws SQLException {
        for (long[] rows : EntryIndex.of(db).repeats(repeat)) {
            for (long row : rows) {
                var first = same(row, draft);
                if (first.isPresent()) {
                    return first;
                }
            }
        }
        for (long row : stored.getOrDefault(repeat, List.of())) {
            var first = same(row, draft);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    private boolean candidates(long repeat) {
        for (long[] rows : EntryIndex.of(db).repeats(repeat)) {
            if (rows.length > 0) {
                return true;
            }
        }
        return false;
    }

    private Optional<AppendResult> same(long row, Draft draft) throws SQLException {
        return db.sql()
                .first(
                        "SELECT seq, sent_at FROM entry WHERE id = ? AND sender = ? AND client_id = ?",
                        found -> new AppendResult.Stored(found.getLong(1), found.getLong(2), true),
                        row,
                        draft.sender(),
                        draft.clientId());
    }
}
