package io.magpie.adapter.jdbc.database;

import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Draft;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where the entries of one batch are read and written, within the transaction that holds its heads.
interface EntryRows {
    /// What a clientId is unique by.
    record Sending(long key, long sender, String clientId) {}

    /// The entry that a recall or an edit is about.
    record Target(long sender, long sentAt, Body body) {}

    /// What was stored before with the clientIds of these drafts.
    Map<Sending, AppendResult.Stored> repeats(Heads heads, List<Draft> drafts) throws SQLException;

    /// The targets of the batch's recalls and edits, and the recalls that they have had already.
    default Map<Place, Target> targets(Heads heads, List<Draft> drafts) throws SQLException {
        var asked = new LinkedHashSet<Place>();
        for (var draft : drafts) {
            var head = heads.of(draft.conversation());
            long seq = target(draft.body());
            if (seq > 0 && seq <= head.lastSeq) {
                asked.add(new Place(head.key, seq));
            }
        }
        var found = new HashMap<>(at(asked));
        var recalls = new LinkedHashSet<Place>();
        found.forEach((place, target) -> {
            if (target.body() instanceof Body.Message message && message.recalled() != 0) {
                recalls.add(new Place(place.key(), message.recalled()));
            }
        });
        found.putAll(at(recalls));
        return found;
    }

    /// Those of these places where an entry is.
    Map<Place, Target> at(Set<Place> places) throws SQLException;

    void insert(Map<Place, BatchEntries.Added> added) throws SQLException;

    /// @param changed what entries that were there before become
    /// @param changers which of the batch's entries makes each of them so
    void change(Map<Place, Target> changed, Map<Place, Place> changers) throws SQLException;

    /// The seq of the entry that this one is about; 0 if it is about none.
    static long target(Body body) {
        return switch (body) {
            case Body.Recall(long target) -> target;
            case Body.Edit edit -> edit.target();
            case Body.Message _, Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ -> 0;
        };
    }
}
