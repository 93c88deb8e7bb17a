package io.magpie.adapter.sharding;

import io.magpie.core.log.EntryShelf.Count;
import io.magpie.core.log.Unread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts entries of others, many conversations with one statement.
///
/// ShardingSphere takes no union of selects over several databases, so what cannot go beyond the cap is grouped,
/// and each of the others is a statement of its own that ends at the cap.
record Counts(Sql sql) {
    /// The most conversations of one statement.
    private static final int MOST = 32;

    private static final String ONE = "SELECT count(*) FROM (SELECT 1 AS live FROM entry WHERE conversation_id = ?"
            + " AND seq >= ? AND seq <= ? AND author <> 0 AND author <> ? LIMIT " + Unread.CAP + ") AS counted";
    private static final String BOUNDS = "(conversation_id = ? AND seq >= ? AND seq <= ? AND author <> ?)";

    private record Found(long conversation, int count) {}

    List<Integer> of(List<Count> asked) {
        var found = new ArrayList<Integer>(asked.size());
        for (int from = 0; from < asked.size(); from += MOST) {
            found.addAll(some(asked.subList(from, Math.min(asked.size(), from + MOST))));
        }
        return found;
    }

    private List<Integer> some(List<Count> asked) {
        var small = new HashMap<Long, Count>();
        for (var count : asked) {
            if (count.from() <= count.to() && count.to() - count.from() < Unread.CAP) {
                small.putIfAbsent(count.conversation(), count);
            }
        }
        var together = together(List.copyOf(small.values()));
        return asked.stream()
                .map(count -> {
                    if (count.from() > count.to()) {
                        return 0;
                    }
                    return count.equals(small.get(count.conversation()))
                            ? together.getOrDefault(count.conversation(), 0)
                            : alone(count);
                })
                .toList();
    }

    private Map<Long, Integer> together(List<Count> small) {
        var counts = new HashMap<Long, Integer>();
        if (small.isEmpty()) {
            return counts;
        }
        var padded = Sql.padded(small);
        var values = new ArrayList<Object>();
        padded.forEach(count -> values.add(count.conversation()));
        padded.forEach(count -> values.addAll(List.of(count.conversation(), count.from(), count.to(), count.user())));
        sql.list(
                        "SELECT conversation_id, count(*) FROM entry WHERE conversation_id IN ("
                                + Sql.marks(small.size(), "?") + ") AND author <> 0 AND ("
                                + Sql.marks(small.size(), BOUNDS).replace("), (", ") OR (")
                                + ") GROUP BY conversation_id",
                        row -> new Found(row.getLong(1), row.getInt(2)),
                        values)
                .forEach(found -> counts.put(found.conversation(), found.count()));
        return counts;
    }

    private int alone(Count count) {
        return sql
                .list(ONE, row -> row.getInt(1), List.of(count.conversation(), count.from(), count.to(), count.user()))
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
