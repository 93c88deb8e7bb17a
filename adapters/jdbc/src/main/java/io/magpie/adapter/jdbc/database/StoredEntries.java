package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is stored already of what a batch asks for, each kind with one query however large the batch.
final class StoredEntries {
    /// What a clientId is unique by.
    record Sending(long key, long sender, String clientId) {}

    /// The entry that a recall or an edit is about.
    record Target(long sender, long sentAt, Body body) {}

    private interface Binding<T> {
        void bind(PreparedStatement query, int first, T key) throws SQLException;
    }

    private StoredEntries() {}

    static byte[] bytes(String clientId) {
        return clientId.getBytes(StandardCharsets.UTF_8);
    }

    static Map<Sending, AppendResult.Stored> repeats(Db db, Dialect dialect, Heads heads, List<Draft> drafts)
            throws SQLException {
        var asked = new LinkedHashSet<Sending>();
        for (var draft : drafts) {
            var head = heads.of(draft.conversation());
            if (draft.clientId() != null && head.lastSeq > 0) {
                asked.add(new Sending(head.key, draft.sender(), draft.clientId()));
            }
        }
        var found = new HashMap<Sending, AppendResult.Stored>();
        if (asked.isEmpty()) {
            return found;
        }
        var query = query(
                db,
                dialect,
                "conversation_id, sender, client_id, seq, sent_at",
                List.of("conversation_id", "sender", "client_id"),
                asked,
                (statement, first, sending) -> {
                    statement.setLong(first, sending.key());
                    statement.setLong(first + 1, sending.sender());
                    statement.setBytes(first + 2, bytes(sending.clientId()));
                });
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                var clientId = new String(rows.getBytes(3), StandardCharsets.UTF_8);
                found.put(
                        new Sending(rows.getLong(1), rows.getLong(2), clientId),
                        new AppendResult.Stored(rows.getLong(4), rows.getLong(5), true));
            }
        }
        return found;
    }

    /// The targets of the batch's recalls and edits, and the recalls that they have had already.
    static Map<Place, Target> targets(Db db, Dialect dialect, BodyCodec codec, Heads heads, List<Draft> drafts)
            throws SQLException {
        var asked = new LinkedHashSet<Place>();
        for (var draft : drafts) {
            var head = heads.of(draft.conversation());
            long seq = target(draft.body());
            if (seq > 0 && seq <= head.lastSeq) {
                asked.add(new Place(head.key, seq));
            }
        }
        var found = new HashMap<Place, Target>();
        read(db, dialect, codec, asked, found);
        var recalls = new LinkedHashSet<Place>();
        found.forEach((place, target) -> {
            if (target.body() instanceof Body.Message message && message.recalled() != 0) {
                recalls.add(new Place(place.key(), message.recalled()));
            }
        });
        read(db, dialect, codec, recalls, found);
        return found;
    }

    /// 0 if the entry is about none.
    static long target(Body body) {
        return switch (body) {
            case Body.Recall(long target) -> target;
            case Body.Edit edit -> edit.target();
            case Body.Message _, Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ -> 0;
        };
    }

    private static void read(Db db, Dialect dialect, BodyCodec codec, Set<Place> places, Map<Place, Target> found)
            throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        var query = query(
                db,
                dialect,
                "conversation_id, seq, sender, sent_at, body",
                List.of("conversation_id", "seq"),
                places,
                (statement, first, place) -> {
                    statement.setLong(first, place.key());
                    statement.setLong(first + 1, place.seq());
                });
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.put(
                        new Place(rows.getLong(1), rows.getLong(2)),
                        new Target(rows.getLong(3), rows.getLong(4), codec.decode(rows.getBytes(5))));
            }
        }
    }

    /// Place holders behind the last key repeat it.
    private static <T> PreparedStatement query(
            Db db, Dialect dialect, String columns, List<String> key, Collection<T> keys, Binding<T> binding)
            throws SQLException {
        var query = db.sql().prepare(dialect.find(columns, "entry", key, keys.size()));
        var list = new ArrayList<>(keys);
        for (int i = 0; i < Statements.rounded(keys.size()); i++) {
            binding.bind(query, 1 + i * key.size(), list.get(Math.min(i, list.size() - 1)));
        }
        return query;
    }
}
