package io.magpie.adapter.jdbc.sql;

import io.magpie.core.log.Body;
import io.magpie.core.search.Search;
import io.magpie.core.search.SearchText;
import io.magpie.core.search.Words;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private final SearchedLog.Opening opening;
    private final Reach reach;
    private final InstantSource clock;
    private long settled;
    private long seen;
    private long seenAt;

    /// @param tail the most entries not indexed yet that a search looks at
    /// @param settleMs how much later than a larger row number a smaller one may still be committed: the
    ///     index stays so far behind
    public record Reach(int tail, long settleMs) {}

    public SqlSearch(Source log, WordIndex words, SearchedLog.Opening opening, Reach reach, InstantSource clock) {
        this.log = log;
        this.words = words;
        this.opening = opening;
        this.reach = reach;
        this.clock = clock;
    }

    private record Batch(Map<Long, WordIndex.Change> changes, long position, int rows, long behind) {}

    @Override
    public Found find(Query query) {
        // The index first: what it does not know yet is then in the log's snapshot, which is younger.
        return words.read(
                index -> log.snapshot(db -> new SearchRun(db, opening.of(db), index, query, reach.tail()).found()));
    }

    @Override
    public Progress follow(int limit) {
        long position = words.read(WordIndex.View::position);
        var batch = log.snapshot(db -> batch(opening.of(db), position, limit));
        if (batch.rows() > 0) {
            words.write(batch.changes().values(), batch.position());
        }
        return new Progress(batch.rows(), batch.behind());
    }

    @Override
    public int trim(int limit) {
        var view = words.read(index -> new Position(index.position(), index.oldest(limit)));
        var gone = new ArrayList<>(view.oldest());
        gone.removeAll(log.snapshot(db -> opening.of(db).there(view.oldest())));
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

    private Batch batch(SearchedLog view, long position, int limit) throws SQLException {
        long last = settled(view.last());
        var rows = view.following(position, last, limit);
        var changes = new LinkedHashMap<Long, WordIndex.Change>();
        for (var row : rows) {
            switch (row.body()) {
                case Body.Message _ -> add(changes, row);
                case Body.Edit edit -> again(view, changes, view.row(row.conversation(), edit.target()));
                case Body.Recall(long target) -> again(view, changes, view.row(row.conversation(), target));
                case Body.Reaction _, Body.MembersChanged _, Body.GroupChanged _, Body.Notice _ -> {}
            }
        }
        long reached = rows.isEmpty() ? position : rows.getLast().row();
        return new Batch(changes, reached, rows.size(), Math.max(0, last - reached));
    }

    /// Its target as it stands now; what becomes of it later is told by a later row.
    private static void again(SearchedLog view, Map<Long, WordIndex.Change> changes, long target) throws SQLException {
        for (var found : view.rows(List.of(target))) {
            changes.put(target, new WordIndex.Change(target, null));
            add(changes, found);
        }
    }

    private static void add(Map<Long, WordIndex.Change> changes, SearchedLog.Row row) {
        var terms = Words.of(SearchText.of(row.body())).stream()
                .flatMap(word -> word.terms().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!terms.isEmpty()) {
            var document = new WordIndex.Document(row.conversation(), row.sender(), terms);
            changes.put(row.row(), new WordIndex.Change(row.row(), document));
        }
    }
}
