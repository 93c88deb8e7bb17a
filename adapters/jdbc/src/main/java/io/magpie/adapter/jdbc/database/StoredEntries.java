package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Kinds;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.log.AppendResult;
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

/// The entries as rows of the table `entry`, each kind of question one query however large the batch.
record StoredEntries(Db db, Dialect dialect, BodyCodec codec) implements EntryRows {
    private static final String INSERT = "INSERT INTO entry (conversation_id, seq, author, sender, client_id, sent_at,"
            + " kind, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String CHANGE = "UPDATE entry SET author = ?, body = ? WHERE conversation_id = ? AND seq = ?";

    private interface Binding<T> {
        void bind(PreparedStatement query, int first, T key) throws SQLException;
    }

    static byte[] bytes(String clientId) {
        return clientId.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Map<Sending, AppendResult.Stored> repeats(Heads heads, List<Draft> drafts) throws SQLException {
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

    @Override
    public void insert(Map<Place, BatchEntries.Added> added) throws SQLException {
        var insert = db.sql().prepare(INSERT);
        for (var row : added.entrySet()) {
            var entry = row.getValue().entry;
            var clientId = row.getValue().draft.clientId();
            insert.setLong(1, row.getKey().key());
            insert.setLong(2, row.getKey().seq());
            insert.setLong(3, Kinds.author(entry.body(), entry.sender()));
            insert.setLong(4, entry.sender());
            insert.setBytes(5, clientId == null ? null : bytes(clientId));
            insert.setLong(6, entry.sentAt());
            insert.setInt(7, Kinds.number(entry.body()));
            insert.setBytes(8, row.getValue().body);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    @Override
    public void change(Map<Place, Target> changed, Map<Place, Place> changers) throws SQLException {
        var update = db.sql().prepare(CHANGE);
        for (var change : changed.entrySet()) {
            var entry = change.getValue();
            update.setLong(1, Kinds.author(entry.body(), entry.sender()));
            update.setBytes(2, codec.encode(entry.body()));
            update.setLong(3, change.getKey().key());
            update.setLong(4, change.getKey().seq());
            update.addBatch();
        }
        update.executeBatch();
    }

    @Override
    public Map<Place, Target> at(Set<Place> places) throws SQLException {
        var found = new HashMap<Place, Target>();
        if (places.isEmpty()) {
            return found;
        }
        var query = query(
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
        return found;
    }

    /// Place holders behind the last key repeat it.
    private <T> PreparedStatement query(String columns, List<String> key, Collection<T> keys, Binding<T> binding)
            throws SQLException {
        var query = db.sql().prepare(dialect.find(columns, "entry", key, keys.size()));
        var list = new ArrayList<>(keys);
        for (int i = 0; i < Statements.rounded(keys.size()); i++) {
            binding.bind(query, 1 + i * key.size(), list.get(Math.min(i, list.size() - 1)));
        }
        return query;
    }
}
