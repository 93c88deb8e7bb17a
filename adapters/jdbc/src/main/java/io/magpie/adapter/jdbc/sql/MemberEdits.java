package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changes to the members of one conversation, within one transaction. Lists go in batches of one statement.
final class MemberEdits {
    private final Statements sql;
    private final long key;
    private final long group;

    private MemberEdits(Statements sql, long key, long group) {
        this.sql = sql;
        this.key = key;
        this.group = group;
    }

    static MemberEdits in(Db db, ConversationId conversation) throws SQLException {
        long key = db.keys().find(db.sql(), conversation);
        if (key == 0) {
            throw new IllegalStateException("conversation: " + conversation + " (expected: one that exists)");
        }
        long group = conversation.kind() == ConversationId.Kind.GROUP ? conversation.group() : 0;
        return new MemberEdits(db.sql(), key, group);
    }

    /// Also holds the conversation: what the change goes by is read behind this.
    void advanceAccess() throws SQLException {
        ConversationKeys.advanceAccess(sql, key);
    }

    /// Sorts the users with a row into current and past members.
    void sort(List<Long> users, Set<Long> current, Set<Long> past) throws SQLException {
        for (var chunk : new Chunks<>(users)) {
            var query = sql.prepare("SELECT user_id, state FROM member WHERE user_id IN (" + chunk.marks()
                    + ") AND conversation_id = ?");
            query.setLong(chunk.bind(query, 1), key);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    (rows.getInt(2) == MemberRow.CURRENT ? current : past).add(rows.getLong(1));
                }
            }
        }
    }

    void insert(Stream<Long> users, long visibleFrom, long now) throws SQLException {
        long read = Math.max(visibleFrom - 1, lastSeq());
        var insert = sql.prepare(MemberRow.INSERT);
        boolean any = false;
        for (var user : (Iterable<Long>) users::iterator) {
            MemberRow.add(insert, user, key, group, visibleFrom, read, now);
            any = true;
        }
        if (any) {
            insert.executeBatch();
        }
    }

    void comeBack(Collection<Long> users, long visibleFrom, long now) throws SQLException {
        long read = Math.max(visibleFrom - 1, lastSeq());
        var update = sql.prepare(
                "UPDATE member SET state = 1, role = 1, visible_from = ?, visible_to = 0, read_seq = ?,"
                        + " delivered_seq = ?, joined_at = ?, updated_at = ? WHERE user_id = ? AND conversation_id = ?");
        for (long user : users) {
            update.setLong(1, visibleFrom);
            update.setLong(2, read);
            update.setLong(3, read);
            update.setLong(4, now);
            update.setLong(5, now);
            update.setLong(6, user);
            update.setLong(7, key);
            update.addBatch();
        }
        if (!users.isEmpty()) {
            update.executeBatch();
        }
    }

    void end(Collection<Long> users, Member.State state, long visibleTo, long now) throws SQLException {
        var update = sql.prepare("UPDATE member SET state = ?, visible_to = ?, updated_at = ?"
                + " WHERE user_id = ? AND conversation_id = ? AND state = 1");
        for (long user : users) {
            update.setInt(1, MemberRow.number(state));
            update.setLong(2, checked(visibleTo));
            update.setLong(3, now);
            update.setLong(4, user);
            update.setLong(5, key);
            update.addBatch();
        }
        if (!users.isEmpty()) {
            update.executeBatch();
        }
    }

    void endAll(Member.State state, long visibleTo, long now) throws SQLException {
        sql.update(
                "UPDATE member SET state = ?, visible_to = ?, updated_at = ? WHERE conversation_id = ? AND state = 1",
                MemberRow.number(state),
                checked(visibleTo),
                now,
                key);
    }

    /// Sets columns of one row, whatever its state.
    void set(String columns, long user, long now, @Nullable Object... values) throws SQLException {
        var arguments = new @Nullable Object[values.length + 3];
        System.arraycopy(values, 0, arguments, 0, values.length);
        arguments[values.length] = now;
        arguments[values.length + 1] = user;
        arguments[values.length + 2] = key;
        sql.update(
                "UPDATE member SET " + columns + ", updated_at = ? WHERE user_id = ? AND conversation_id = ?",
                arguments);
    }

    private long lastSeq() throws SQLException {
        return sql.number("SELECT last_seq FROM conversation WHERE id = ?", key);
    }

    /// 0 would mean that they see everything.
    private static long checked(long visibleTo) {
        if (visibleTo < 1) {
            throw new IllegalArgumentException("visibleTo: " + visibleTo + " (expected: at least 1)");
        }
        return visibleTo;
    }
}
