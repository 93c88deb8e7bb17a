package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Counts what is unread, many conversations with one statement: each is a count of its own, because a join would go
/// beyond the cap.
final class UnreadCounts {
    /// The most conversations of one statement.
    static final int MOST = 64;

    private static final String ONE = ", (SELECT count(*) FROM (SELECT 1 AS live FROM entry WHERE conversation_id = ?"
            + " AND seq > ? AND seq <= ? AND author <> 0 AND author <> ? LIMIT " + Unread.CAP + ") AS counted),"
            + " EXISTS (SELECT 1 FROM mention WHERE conversation_id = ? AND user_id IN (0, ?) AND seq > ?"
            + " AND seq <= ? AND author <> ?)";

    private UnreadCounts() {}

    static Map<ConversationId, Unread> of(Db db, Map<Long, ConversationId> byKey, Collection<UnreadQuery> queries)
            throws SQLException {
        var keys = HashMap.<ConversationId, Long>newHashMap(byKey.size());
        byKey.forEach((key, conversation) -> keys.put(conversation, key));
        var counts = HashMap.<ConversationId, Unread>newHashMap(queries.size());
        var list = new ArrayList<>(queries);
        for (int from = 0; from < list.size(); from += MOST) {
            count(db, keys, list.subList(from, Math.min(list.size(), from + MOST)), counts);
        }
        return counts;
    }

    private static void count(
            Db db, Map<ConversationId, Long> keys, List<UnreadQuery> queries, Map<ConversationId, Unread> counts)
            throws SQLException {
        int size = Statements.rounded(queries.size());
        var statement = db.sql()
                .prepare(IntStream.range(0, size)
                        .mapToObj(i -> "SELECT " + i + ONE)
                        .collect(Collectors.joining(" UNION ALL ")));
        for (int i = 0; i < size; i++) {
            var query = queries.get(Math.min(i, queries.size() - 1));
            bind(statement, 1 + 9 * i, keys.getOrDefault(query.conversation(), 0L), query);
        }
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (rows.getInt(1) < queries.size()) {
                    int count = rows.getInt(2);
                    counts.put(
                            queries.get(rows.getInt(1)).conversation(),
                            new Unread(count, count > 0 && rows.getBoolean(3)));
                }
            }
        }
    }

    private static void bind(PreparedStatement statement, int first, long key, UnreadQuery query) throws SQLException {
        statement.setLong(first, key);
        statement.setLong(first + 1, query.afterSeq());
        statement.setLong(first + 2, query.toSeq());
        statement.setLong(first + 3, query.user());
        statement.setLong(first + 4, key);
        statement.setLong(first + 5, query.user());
        statement.setLong(first + 6, query.afterSeq());
        statement.setLong(first + 7, query.toSeq());
        statement.setLong(first + 8, query.user());
    }
}
