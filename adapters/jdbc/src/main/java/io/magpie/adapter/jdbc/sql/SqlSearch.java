package io.magpie.adapter.jdbc.sql;

import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.search.Search;
import io.magpie.core.search.SearchText;
import io.magpie.core.search.Words;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Search by an index that follows the log, and by looking at the entries it has not come to. What is found is
/// decided by the log: see [SearchRun].
public final class SqlSearch implements Search {
    private final Source log;
    private final WordIndex words;
    private final BodyCodec codec;
    private final Reach reach;
    private final InstantSource clock;
    private long settled;
    private long seen;
    private long seenAt;

    /// @param tail the most entries not indexed yet that a search looks at
    /// @param settleMs how much later than a larger row number a smaller one may still be committed: the
    ///     index stays so far behind
    public record Reach(int tail, long settleMs) {}

    public SqlSearch(Source log, WordIndex words, BodyCodec codec, Reach reach, InstantSource clock) {
        this.log = log;
        this.words = words;
        this.codec = codec;
        this.reach = reach;
        this.clock = clock;
    }

    private record Logged(long row, long conversation, long sender, Body body) {}

    private record Batch(Map<Long, WordIndex.Change> changes, long position, int rows, long behind) {}

    @Override
    public Found find(Query query) {
        // The index first: what it does not know yet is then in the log's snapshot, which is younger.
        return words.read(index -> log.snapshot(db -> new SearchRun(db, index, codec, query, reach.tail()).found()));
    }

    @Override
    public Progress follow(int limit) {
        long position = words.read(WordIndex.View::position);
        var batch = log.snapshot(db -> batch(db, position, limit));
        if (batch.rows() > 0) {
            words.write(batch.changes().values(), batch.position());
        }
        return new Progress(batch.rows(), batch.behind());
    }

    @Override
    public int trim(int limit) {
        var view = words.read(index -> new Position(index.position(), index.oldest(limit)));
        var gone = log.run(db -> missing(db, view.oldest()));
        if (!gone.isEmpty()) {
            words.write(
                    gone.stream().map(row -> new WordIndex.Change(row, null)).toList(), view.position());
        }
        return gone.size();
    }

    private record Position(long position, List<Long> oldest) {}

    /// The last row before which nothing comes any more.
    private long settled(long newest) {
        if (reach.settleMs() == 0) {
            return newest;
        }
        long now = clock.millis();
        if (Math.abs(now - seenAt) >= reach.settleMs()) {
            settled = seen;
            seen = newest;
            seenAt = now;
        }
        return settled;
    }

    private Batch batch(Db db, long position, int limit) throws SQLException {
        var view = db.rows();
        long last = settled(db.sql().number("SELECT max(id) FROM entry"));
        var rows = db.sql()
                .list(
                        "SELECT id, conversation_id, sender, body FROM entry WHERE id > ? AND id <= ?"
                                + " ORDER BY id LIMIT ?",
                        row -> new Logged(
                                row.getLong(1), row.getLong(2), row.getLong(3), codec.decode(row.getBytes(4))),
                        position,
                        last,
                        limit);
        var changes = new LinkedHashMap<Long, WordIndex.Change>();
        for (var row : rows) {
            switch (row.body()) {
                case Body.Message _ -> add(changes, row);
                case Body.Edit edit -> again(db, changes, view.row(row.conversation(), edit.target()));
                case Body.Recall(long target) -> again(db, changes, view.row(row.conversation(), target));
                case Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ -> {}
            }
        }
        long reached = rows.isEmpty() ? position : rows.getLast().row();
        return new Batch(changes, reached, rows.size(), Math.max(0, last - reached));
    }

    /// Its target as it stands now; what becomes of it later is told by a later row.
    private void again(Db db, Map<Long, WordIndex.Change> changes, long target) throws SQLException {
        var found = db.sql()
                .first(
                        "SELECT id, conversation_id, sender, body FROM entry WHERE id = ?",
                        row -> new Logged(
                                row.getLong(1), row.getLong(2), row.getLong(3), codec.decode(row.getBytes(4))),
                        target);
        if (found.isPresent()) {
            changes.put(target, new WordIndex.Change(target, null));
            add(changes, found.get());
        }
    }

    private static void add(Map<Long, WordIndex.Change> changes, Logged row) {
        var terms = Words.of(SearchText.of(row.body())).stream()
                .flatMap(word -> word.terms().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!terms.isEmpty()) {
            var document = new WordIndex.Document(row.conversation(), row.sender(), terms);
            changes.put(row.row(), new WordIndex.Change(row.row(), document));
        }
    }

    private static List<Long> missing(Db db, List<Long> rows) throws SQLException {
        var there = new HashSet<Long>();
        for (var chunk : new Chunks<>(rows)) {
            var query = db.sql().prepare("SELECT id FROM entry WHERE id IN (" + chunk.marks() + ")");
            chunk.bind(query, 1);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    there.add(found.getLong(1));
                }
            }
        }
        var missing = new ArrayList<>(rows);
        missing.removeAll(there);
        return missing;
    }
}
