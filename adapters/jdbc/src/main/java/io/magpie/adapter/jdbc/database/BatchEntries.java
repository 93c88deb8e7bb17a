package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The entries that a batch adds and changes: gathered here and written at its end, one batch of statements for each
/// kind of change.
final class BatchEntries {
    private static final String MENTION =
            "INSERT INTO mention (conversation_id, user_id, seq, author) VALUES (?, ?, ?, ?)";
    private static final String UNMENTION = "DELETE FROM mention WHERE conversation_id = ? AND seq = ?";
    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::key).thenComparingLong(Place::seq);

    private final BodyCodec codec;
    private final EntryRows rows;
    private final Map<Place, EntryRows.Target> stored;
    private final BatchFiles files;
    private final Map<Place, Added> added = new LinkedHashMap<>();
    private final Set<Place> changed = new TreeSet<>(ORDER);
    private final Map<Place, Place> changers = new HashMap<>();
    private final Set<Place> unmentioned = new TreeSet<>(ORDER);
    private final List<Mention> mentions = new ArrayList<>();

    private record Mention(Place place, long user, long author) {}

    /// A row to insert.
    static final class Added {
        final Draft draft;
        EntryRows.Target entry;
        byte[] body;

        Added(Draft draft, EntryRows.Target entry, byte[] body) {
            this.draft = draft;
            this.entry = entry;
            this.body = body;
        }
    }

    /// @param stored what is changed
    BatchEntries(BodyCodec codec, EntryRows rows, Map<Place, EntryRows.Target> stored, BatchFiles files) {
        this.codec = codec;
        this.rows = rows;
        this.stored = stored;
        this.files = files;
    }

    void add(Place place, Draft draft, long sentAt, byte[] body) {
        added.put(place, new Added(draft, new EntryRows.Target(draft.sender(), sentAt, draft.body()), body));
        if (draft.body() instanceof Body.Message message) {
            mention(place, draft.sender(), message.mentions());
        }
        files.begin(place, draft.body());
    }

    BatchFiles files() {
        return files;
    }

    /// As it stands by now.
    Optional<EntryRows.Target> find(Place place) {
        var here = added.get(place);
        return here != null ? Optional.of(here.entry) : Optional.ofNullable(stored.get(place));
    }

    /// @param by the place of the entry that changes it
    void change(Place place, Body body, Place by) {
        var here = added.get(place);
        files.end(place, here == null);
        files.begin(place, body);
        if (here != null) {
            here.entry = new EntryRows.Target(here.entry.sender(), here.entry.sentAt(), body);
            here.body = codec.encode(body);
        } else {
            var before = stored.get(place);
            // Of an edit that is emptied, nothing but its place is known, nor asked for.
            long sender = before == null ? 0 : before.sender();
            stored.put(place, new EntryRows.Target(sender, before == null ? 0 : before.sentAt(), body));
            changed.add(place);
            changers.put(place, by);
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
        if (!added.isEmpty()) {
            rows.insert(added);
        }
        if (!changed.isEmpty()) {
            var now = new LinkedHashMap<Place, EntryRows.Target>();
            changed.forEach(place -> now.put(place, find(place).orElseThrow()));
            rows.change(now, changers);
        }
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
