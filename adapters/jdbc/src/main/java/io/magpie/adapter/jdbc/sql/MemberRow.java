package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Role;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/// How a member is kept in a row.
public final class MemberRow {
    /// Of a table called m; the first one is 0 or null only where an outer join found nobody.
    static final String COLUMNS = "m.user_id, m.state, m.role, m.visible_from, m.visible_to, m.read_seq,"
            + " m.delivered_seq, m.silenced_until, m.nickname, m.muted, m.pinned, m.hidden_seq, m.joined_at,"
            + " m.updated_at";
    static final int WIDTH = 14;

    /// The state's number in the table, of [Member.State#MEMBER].
    static final int CURRENT = 1;

    static final String INSERT = "INSERT INTO member (user_id, conversation_id, group_id, state, role, visible_from,"
            + " visible_to, read_seq, delivered_seq, silenced_until, nickname, muted, pinned, hidden_seq, joined_at,"
            + " updated_at) VALUES (?, ?, ?, 1, 1, ?, 0, ?, ?, 0, '', 0, 0, 0, ?, ?)";

    private MemberRow() {}

    /// The members of conversations that their first entries make.
    public static void begin(Db db, Collection<Tail> conversations, long now) throws SQLException {
        var insert = db.sql().prepare(INSERT);
        for (var tail : conversations) {
            for (long user : tail.conversation.users()) {
                add(insert, user, tail.key, 0, 1, 0, now);
            }
        }
        insert.executeBatch();
    }

    /// Adds a member to the batch of [#INSERT].
    static void add(PreparedStatement insert, long user, long key, long group, long visibleFrom, long read, long now)
            throws SQLException {
        insert.setLong(1, user);
        insert.setLong(2, key);
        insert.setLong(3, group);
        insert.setLong(4, visibleFrom);
        insert.setLong(5, read);
        insert.setLong(6, read);
        insert.setLong(7, now);
        insert.setLong(8, now);
        insert.addBatch();
    }

    /// Reads the columns from `first` on.
    static Member read(ResultSet row, int first, ConversationId conversation) throws SQLException {
        return new Member(
                conversation,
                row.getLong(first),
                state(row.getInt(first + 1)),
                role(row.getInt(first + 2)),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6),
                row.getLong(first + 7),
                row.getString(first + 8),
                row.getBoolean(first + 9),
                row.getBoolean(first + 10),
                row.getLong(first + 11),
                row.getLong(first + 12),
                row.getLong(first + 13));
    }

    /// Numbers are stored, so they never change meaning.
    static int number(Member.State state) {
        return switch (state) {
            case MEMBER -> CURRENT;
            case LEFT -> 2;
            case REMOVED -> 3;
            case DISSOLVED -> 4;
        };
    }

    static int number(Role role) {
        return switch (role) {
            case MEMBER -> 1;
            case ADMIN -> 2;
            case OWNER -> 3;
        };
    }

    private static Member.State state(int number) {
        return switch (number) {
            case CURRENT -> Member.State.MEMBER;
            case 2 -> Member.State.LEFT;
            case 3 -> Member.State.REMOVED;
            case 4 -> Member.State.DISSOLVED;
            default -> throw new IllegalStateException("member.state: " + number + " (expected: 1..4)");
        };
    }

    private static Role role(int number) {
        return switch (number) {
            case 1 -> Role.MEMBER;
            case 2 -> Role.ADMIN;
            case 3 -> Role.OWNER;
            default -> throw new IllegalStateException("member.role: " + number + " (expected: 1..3)");
        };
    }
}
