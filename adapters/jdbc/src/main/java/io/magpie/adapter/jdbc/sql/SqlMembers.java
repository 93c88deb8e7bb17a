package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.conversation.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Members. Reads here, what writing needs in [MemberEdits].
public final class SqlMembers implements Members.Edits {
    private static final String SELECT = "SELECT " + MemberRow.COLUMNS + " FROM member m ";

    private final Source source;

    public SqlMembers(Source source) {
        this.source = source;
    }

    @Override
    public Optional<Member> find(ConversationId conversation, long user) {
        return source.run(db -> db.sql()
                .first(
                        SELECT + "WHERE m.user_id = ? AND m.conversation_id = ?",
                        row -> MemberRow.read(row, 1, conversation),
                        user,
                        key(db, conversation)));
    }

    @Override
    public List<Member> findAll(ConversationId conversation, Collection<Long> users) {
        return source.run(db -> {
            var found = new ArrayList<Member>();
            long key = key(db, conversation);
            for (var chunk : new Chunks<>(List.copyOf(new LinkedHashSet<>(users)))) {
                var query = db.sql()
                        .prepare(SELECT + "WHERE m.user_id IN (" + chunk.marks() + ") AND m.conversation_id = ?");
                query.setLong(chunk.bind(query, 1), key);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(MemberRow.read(rows, 1, conversation));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public List<Member> current(ConversationId conversation, long afterUser, int limit) {
        return current(conversation, "m.user_id > ?", afterUser, limit);
    }

    private List<Member> current(ConversationId conversation, String which, long value, int limit) {
        return source.run(db -> db.sql()
                .list(
                        SELECT + "WHERE m.conversation_id = ? AND m.state = ? AND " + which
                                + " ORDER BY m.user_id LIMIT ?",
                        row -> MemberRow.read(row, 1, conversation),
                        key(db, conversation),
                        MemberRow.CURRENT,
                        value,
                        limit));
    }

    @Override
    public List<Member> admins(ConversationId conversation) {
        return source.run(db -> db.sql()
                .list(
                        SELECT + "WHERE m.conversation_id = ? AND m.state = ? AND m.role > ? ORDER BY m.user_id",
                        row -> MemberRow.read(row, 1, conversation),
                        key(db, conversation),
                        MemberRow.CURRENT,
                        MemberRow.number(Role.MEMBER)));
    }

    @Override
    public int count(ConversationId conversation) {
        return source.run(db -> (int) db.sql()
                .number(
                        "SELECT count(*) FROM member WHERE conversation_id = ? AND state = ?",
                        key(db, conversation),
                        MemberRow.CURRENT));
    }

    @Override
    public List<Member> ofUser(long user, @Nullable ConversationId after, int limit) {
        return source.run(db -> db.sql()
                .list(
                        "SELECT " + MemberRow.COLUMNS + ", c.name FROM member m"
                                + " JOIN conversation c ON c.id = m.conversation_id"
                                + " WHERE m.user_id = ? AND m.conversation_id > ?"
                                + " ORDER BY m.conversation_id LIMIT ?",
                        row -> MemberRow.read(row, 1, Names.conversation(row, MemberRow.WIDTH + 1)),
                        user,
                        after == null ? 0 : key(db, after),
                        limit));
    }

    @Override
    public Map<Long, Long> groupsOf(long user) {
        return source
                .run(db -> db.sql()
                        .list(
                                "SELECT group_id, visible_from FROM member"
                                        + " WHERE user_id = ? AND state = ? AND group_id > 0",
                                row -> Map.entry(row.getLong(1), row.getLong(2)),
                                user,
                                MemberRow.CURRENT))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<Member> readers(ConversationId conversation, long seq, int limit) {
        return current(conversation, "m.read_seq >= ?", seq, limit);
    }

    @Override
    public void join(ConversationId conversation, Collection<Long> users, long visibleFrom, long now) {
        if (users.isEmpty()) {
            return;
        }
        var all = List.copyOf(new LinkedHashSet<>(users));
        source.run(db -> {
            var edits = MemberEdits.in(db, conversation);
            edits.advanceAccess();
            Set<Long> current = new HashSet<>();
            Set<Long> past = new HashSet<>();
            edits.sort(all, current, past);
            edits.insert(
                    all.stream().filter(user -> !current.contains(user) && !past.contains(user)), visibleFrom, now);
            edits.comeBack(past, visibleFrom, now);
            return true;
        });
    }

    @Override
    public void end(ConversationId conversation, Collection<Long> users, Member.State state, long visibleTo, long now) {
        source.run(db -> {
            var edits = MemberEdits.in(db, conversation);
            edits.advanceAccess();
            edits.end(users, state, visibleTo, now);
            return true;
        });
    }

    @Override
    public void endAll(ConversationId conversation, Member.State state, long visibleTo, long now) {
        source.run(db -> {
            var edits = MemberEdits.in(db, conversation);
            edits.advanceAccess();
            edits.endAll(state, visibleTo, now);
            return true;
        });
    }

    @Override
    public void role(ConversationId conversation, long user, Role role, long now) {
        source.run(db -> {
            var edits = MemberEdits.in(db, conversation);
            edits.advanceAccess();
            edits.set("role = ?", user, now, MemberRow.number(role));
            return true;
        });
    }

    @Override
    public void silence(ConversationId conversation, long user, long until, long now) {
        source.run(db -> {
            var edits = MemberEdits.in(db, conversation);
            edits.advanceAccess();
            edits.set("silenced_until = ?", user, now, until);
            return true;
        });
    }

    @Override
    public void nickname(ConversationId conversation, long user, String nickname, long now) {
        source.run(db -> {
            MemberEdits.in(db, conversation).set("nickname = ?", user, now, nickname);
            return true;
        });
    }

    @Override
    public void preferences(
            ConversationId conversation, long user, boolean muted, boolean pinned, long hiddenSeq, long now) {
        source.run(db -> {
            MemberEdits.in(db, conversation)
                    .set("muted = ?, pinned = ?, hidden_seq = ?", user, now, muted, pinned, hiddenSeq);
            return true;
        });
    }

    @Override
    public void openHistory(ConversationId conversation, long now) {
        source.run(db -> db.sql()
                .update(
                        "UPDATE member SET visible_from = 1, updated_at = ? WHERE conversation_id = ? AND state = ?",
                        now,
                        key(db, conversation),
                        MemberRow.CURRENT));
    }

    @Override
    public boolean advance(ConversationId conversation, long user, long readSeq, long deliveredSeq, long now) {
        return source.run(db -> db.sql()
                        .update(
                                "UPDATE member SET read_seq = CASE WHEN read_seq < ? THEN ? ELSE read_seq END,"
                                        + " delivered_seq = CASE WHEN delivered_seq < ? THEN ? ELSE delivered_seq END,"
                                        + " updated_at = ? WHERE user_id = ? AND conversation_id = ?"
                                        + " AND (read_seq < ? OR delivered_seq < ?)",
                                readSeq,
                                readSeq,
                                deliveredSeq,
                                deliveredSeq,
                                now,
                                user,
                                key(db, conversation),
                                readSeq,
                                deliveredSeq)
                > 0);
    }

    private static long key(Db db, ConversationId conversation) throws SQLException {
        return db.keys().find(db.sql(), conversation);
    }
}
