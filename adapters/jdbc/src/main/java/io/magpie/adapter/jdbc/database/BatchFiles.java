package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Chunks;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.FileUses;
import io.magpie.adapter.jdbc.sql.Spelling;
import io.magpie.core.file.FileReferences.Reference;
import io.magpie.core.log.Body;
import io.magpie.core.log.Draft;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which files the entries of a batch carry, and which of them are there: nobody deletes those before it ends.
final class BatchFiles {
    private final Set<Long> there;
    private final Map<Place, Set<Long>> begun = new LinkedHashMap<>();
    private final Set<Place> ended = new LinkedHashSet<>();

    private BatchFiles(Set<Long> there) {
        this.there = there;
    }

    static BatchFiles of(Db db, Spelling spelling, List<Draft> drafts) throws SQLException {
        var asked = new TreeSet<Long>();
        for (var draft : drafts) {
            FileUses.of(draft.body()).forEach(reference -> asked.add(reference.file()));
        }
        var there = new HashSet<Long>();
        for (var chunk : new Chunks<>(List.copyOf(asked))) {
            var query = db.sql()
                    .prepare(
                            "SELECT id FROM file WHERE id IN (" + chunk.marks() + ") ORDER BY id" + spelling.sharing());
            chunk.bind(query, 1);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    there.add(rows.getLong(1));
                }
            }
        }
        return new BatchFiles(there);
    }

    /// The first file that is not there; it may have been deleted since somebody looked.
    Optional<Reference> missing(Body body) {
        return FileUses.of(body).stream()
                .filter(reference -> !there.contains(reference.file()))
                .findFirst();
    }

    void begin(Place place, Body body) {
        for (var reference : FileUses.of(body)) {
            begun.computeIfAbsent(place, _ -> new TreeSet<>()).add(reference.file());
        }
    }

    /// @param stored whether the entry was there before the batch
    void end(Place place, boolean stored) {
        begun.remove(place);
        if (stored) {
            ended.add(place);
        }
    }

    void write(Db db) throws SQLException {
        if (!ended.isEmpty()) {
            var delete = db.sql().prepare("DELETE FROM file_use WHERE conversation_id = ? AND seq = ?");
            for (var place : ended) {
                delete.setLong(1, place.key());
                delete.setLong(2, place.seq());
                delete.addBatch();
            }
            delete.executeBatch();
        }
        if (!begun.isEmpty()) {
            var insert = db.sql().prepare("INSERT INTO file_use (file_id, conversation_id, seq) VALUES (?, ?, ?)");
            for (var use : begun.entrySet()) {
                for (long file : use.getValue()) {
                    insert.setLong(1, file);
                    insert.setLong(2, use.getKey().key());
                    insert.setLong(3, use.getKey().seq());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
