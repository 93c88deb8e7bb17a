package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Kinds;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The entries that a batch adds and changes: gathered here and written at its end, one batch of statements for each
/// kind of change.
final class BatchEntries {
    private static final String INSERT = "INSERT INTO entry (conversation_id, seq, author, sender, client_id, sent_at,"
            + " kind, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String CHANGE = "UPDATE entry SET author = ?, body = ? WHERE conversation_id = ? AND seq = ?";
    private static final String MENTION =
            "INSERT INTO mention (conversation_id, user_id, seq, author) VALUES (?, ?, ?, ?)";
    private static final String UNMENTION = "DELETE FROM mention WHERE conversation_id = ? AND seq = ?";
    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::key).thenComparingLong(Place::seq);

    private final BodyCodec codec;
    private final Map<Place, StoredEntries.Target> stored;
    private final BatchFiles files;
    private final Map<Place, Added> added = new LinkedHashMap<>();
    private final Set<Place> changed = new TreeSet<>(ORDER);
    private final Set<Place> unmentioned = new TreeSet<>(ORDER);
    private final List<Mention> mentions = new ArrayList<>();

    private record Mention(Place place, long user, long author) {}

    /// A row to insert.
    private static final class Added {
        private final Draft draft;
        private StoredEntries.Target entry;
        private byte[] body;

        Added(Draft draft, StoredEntries.Target entry, byte[] body) {
            this.draft = draft;
            this.entry = entry;
            this.body = body;
        }
    }

    /// @param stored what is changed
    BatchEntries(BodyCodec codec, Map<Place, StoredEntries.Target> stored, BatchFiles files) {
        this.codec = codec;
        this.stored = stored;
        this.files = files;
    }

    void add(Place place, Draft draft, long sentAt, byte[] body) {
        added.put(place, new Added(draft, new StoredEntries.Target(draft.sender(), sentAt, draft.body()), body));
        if (draft.body() instanceof Body.Message message) {
            mention(place, draft.sender(), message.mentions());
        }
        files.begin(place, draft.body());
    }

    BatchFiles files() {
        return files;
    }

    /// As it stands by now.
    Optional<StoredEntries.Target> find(Place place) {
        var here = added.get(place);
        return here != null ? Optional.of(here.entry) : Optional.ofNullable(stored.get(place));
    }

    void change(Place place, Body body) {
        var here = added.get(place);
        files.end(place, here == null);
        files.begin(place, body);
        if (here != null) {
            here.entry = new StoredEntries.Target(here.entry.sender(), here.entry.sentAt(), body);
            here.body = codec.encode(body);
        } else {
            var before = stored.get(place);
            // Of an edit that is emptied, nothing but its place is known, nor asked for.
            long sender = before == null ? 0 : before.sender();
            stored.put(place, new StoredEntries.Target(sender, before == null ? 0 : before.sentAt(), body));
            changed.add(place);
        }
    }

    /// Nobody is mentioned by it any more.
    void unmention(Place place) {
        mentions.removeIf(mention -> mention.place().equals(place));
        if (!added.containsKey(place)) {
            unmentioned.add(place);
        }
    }

    void write(Db db) throws SQLException {
        insert(db);
        change(db);
        unmention(db);
        mention(db);
        files.write(db);
    }

    private void mention(Place place, long author, Mentions mentioned) {
        if (mentioned.all()) {
            mentions.add(new Mention(place, 0, author));
        }
        mentioned.users().stream().distinct().forEach(user -> mentions.add(new Mention(place, user, author)));
    }

    private void insert(Db db) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        var insert = db.sql().prepare(INSERT);
        for (var row : added.entrySet()) {
            var entry = row.getValue().entry;
            var clientId = row.getValue().draft.clientId();
            insert.setLong(1, row.getKey().key());
            insert.setLong(2, row.getKey().seq());
            insert.setLong(3, Kinds.author(entry.body(), entry.sender()));
            insert.setLong(4, entry.sender());
            insert.setBytes(5, clientId == null ? null : StoredEntries.bytes(clientId));
            insert.setLong(6, entry.sentAt());
            insert.setInt(7, Kinds.number(entry.body()));
            insert.setBytes(8, row.getValue().body);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private void change(Db db) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        var update = db.sql().prepare(CHANGE);
        for (var place : changed) {
            var entry = find(place).orElseThrow();
            update.setLong(1, Kinds.author(entry.body(), entry.sender()));
            update.setBytes(2, codec.encode(entry.body()));
            update.setLong(3, place.key());
            update.setLong(4, place.seq());
            update.addBatch();
        }
        update.executeBatch();
    }

    private void unmention(Db db) throws SQLException {
        if (unmentioned.isEmpty()) {
            return;
        }
        var delete = db.sql().prepare(UNMENTION);
        for (var place : unmentioned) {
            delete.setLong(1, place.key());
            delete.setLong(2, place.seq());
            delete.addBatch();
        }
        delete.executeBatch();
    }

    private void mention(Db db) throws SQLException {
        if (mentions.isEmpty()) {
            return;
        }
        var insert = db.sql().prepare(MENTION);
        for (var mention : mentions) {
            insert.setLong(1, mention.place().key());
            insert.setLong(2, mention.user());
            insert.setLong(3, mention.place().seq());
            insert.setLong(4, mention.author());
            insert.addBatch();
        }
        insert.executeBatch();
    }
}
