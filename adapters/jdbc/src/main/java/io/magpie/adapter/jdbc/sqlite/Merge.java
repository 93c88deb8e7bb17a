package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Moves one generation into the index tables, in their order, some rows with each commit: neighbours share pages, so
/// a page is written once for many rows. What is there already stays as it is. One transaction at a time.
final class Merge {
    private record Repeat(long hash, long row) {}

    private final Generation generation;
    private final List<Run> runs;
    private int run;
    private long offset;
    private int nextRun;
    private long nextOffset;

    Merge(Generation generation) {
        this.generation = generation;
        this.runs = generation.sorted();
    }

    boolean ended() {
        return nextRun == runs.size();
    }

    void step(Statements sql, int rows) throws SQLException {
        var places = sql.prepare("INSERT OR IGNORE INTO entry_place (place, entry_id, author) VALUES (?, ?, ?)");
        var repeats = new ArrayList<Repeat>(rows);
        synchronized (generation) {
            for (int i = 0; i < rows && !ended(); i++) {
                var from = runs.get(nextRun);
                long seq = from.firstSeq + nextOffset;
                if (seq >= from.firstKept) {
                    long row = from.row(seq);
                    places.setLong(1, EntryIndex.place(from.conversation, seq));
                    places.setLong(2, row);
                    places.setLong(3, from.author(seq));
                    places.addBatch();
                    if (from.repeat(seq) != 0) {
                        repeats.add(new Repeat(from.repeat(seq), row));
                    }
                }
                nextOffset++;
                if (nextOffset == from.size()) {
                    nextRun++;
                    nextOffset = 0;
                }
            }
        }
        places.executeBatch();
        insert(sql, repeats);
    }

    void committed() {
        run = nextRun;
        offset = nextOffset;
    }

    void rolledBack() {
        nextRun = run;
        nextOffset = offset;
    }

    private static void insert(Statements sql, List<Repeat> repeats) throws SQLException {
        repeats.sort(Comparator.comparingLong(Repeat::hash));
        var insert = sql.prepare("INSERT OR IGNORE INTO entry_repeat (hash, entry_id) VALUES (?, ?)");
        for (var repeat : repeats) {
            insert.setLong(1, repeat.hash());
            insert.setLong(2, repeat.row());
            insert.addBatch();
        }
        insert.executeBatch();
    }
}
