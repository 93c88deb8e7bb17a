package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.group.Group;
import io.magpie.core.group.Groups;
import io.magpie.core.group.JoinRequest;
import io.magpie.core.group.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Groups and the requests to join them.
public final class SqlGroups implements Groups.Edits {
    private static final String COLUMNS = "g.id, g.name, g.avatar, g.announcement, g.join_policy, g.password_hash,"
            + " g.history_open, g.muted_until, g.owner_id, g.created_at, g.dissolved_at";
    private static final int WIDTH = 11;
    private static final String SELECT = "SELECT " + COLUMNS + " FROM chat_group g ";

    private final Source source;

    public SqlGroups(Source source) {
        this.source = source;
    }

    @Override
    public Optional<Group> find(long id) {
        return source.run(db -> db.sql().first(SELECT + "WHERE g.id = ?", SqlGroups::group, id));
    }

    @Override
    public List<Group> findAll(Collection<Long> ids) {
        return source.run(db -> {
            var found = new ArrayList<Group>();
            for (var chunk : new Chunks<>(List.copyOf(ids))) {
                var query = db.sql().prepare(SELECT + "WHERE g.id IN (" + chunk.marks() + ")");
                chunk.bind(query, 1);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(group(rows));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public Optional<Standing> standing(long group, long user) {
        var conversation = ConversationId.group(group);
        return source.run(db -> {
            if (db.shared()) {
                db.hold("conversation", db.keys().find(db.sql(), conversation));
            }
            return db.sql()
                    .first(
                            "SELECT " + COLUMNS + ", c.access, " + MemberRow.COLUMNS
                                    + " FROM chat_group g JOIN conversation c ON c.name = ?"
                                    + " LEFT JOIN member m ON m.user_id = ? AND m.conversation_id = c.id"
                                    + " WHERE g.id = ?",
                            row -> new Standing(
                                    group(row),
                                    row.getLong(WIDTH + 2) == 0 ? null : MemberRow.read(row, WIDTH + 2, conversation),
                                    row.getLong(WIDTH + 1)),
                            conversation.toString(),
                            user,
                            group);
        });
    }

    @Override
    public List<JoinRequest> joinRequests(long group) {
        return source.run(db -> db.sql()
                .list(
                        "SELECT group_id, user_id, message, created_at FROM join_request WHERE group_id = ?"
                                + " ORDER BY created_at, user_id",
                        row -> new JoinRequest(row.getLong(1), row.getLong(2), row.getString(3), row.getLong(4)),
                        group));
    }

    @Override
    public Group insert(Group group) {
        return source.run(db -> {
            long id = db.sql()
                    .insert(
                            "INSERT INTO chat_group (name, avatar, announcement, join_policy, password_hash,"
                                    + " history_open, muted_until, owner_id, created_at, dissolved_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            group.name(),
                            group.avatar(),
                            group.announcement(),
                            group.joinPolicy().name(),
                            group.passwordHash(),
                            group.historyOpen(),
                            group.mutedUntil(),
                            group.owner(),
                            group.createdAt(),
                            group.dissolvedAt());
            db.keys().create(db.sql(), ConversationId.group(id));
            return new Group(
                    id,
                    group.name(),
                    group.avatar(),
                    group.announcement(),
                    group.joinPolicy(),
                    group.passwordHash(),
                    group.historyOpen(),
                    group.mutedUntil(),
                    group.owner(),
                    group.createdAt(),
                    group.dissolvedAt());
        });
    }

    @Override
    public void update(Group group) {
        source.run(db -> {
            db.sql()
                    .update(
                            "UPDATE chat_group SET name = ?, avatar = ?, announcement = ?, join_policy = ?,"
                                    + " password_hash = ?, history_open = ?, muted_until = ?, owner_id = ?,"
                                    + " dissolved_at = ? WHERE id = ?",
                            group.name(),
                            group.avatar(),
                            group.announcement(),
                            group.joinPolicy().name(),
                            group.passwordHash(),
                            group.historyOpen(),
                            group.mutedUntil(),
                            group.owner(),
                            group.dissolvedAt(),
                            group.id());
            ConversationKeys.advanceAccess(db.sql(), db.keys().find(db.sql(), group.conversation()));
            return true;
        });
    }

    @Override
    public void askToJoin(JoinRequest request) {
        source.run(db -> {
            int changed = db.sql()
                    .update(
                            "UPDATE join_request SET message = ? WHERE group_id = ? AND user_id = ?",
                            request.message(),
                            request.group(),
                            request.user());
            return changed != 0
                    ? changed
                    : db.sql()
                            .update(
                                    "INSERT INTO join_request (group_id, user_id, message, created_at)"
                                            + " VALUES (?, ?, ?, ?)",
                                    request.group(),
                                    request.user(),
                                    request.message(),
                                    request.createdAt());
        });
    }

    @Override
    public boolean endJoinRequest(long group, long user) {
        return source.run(
                db -> db.sql().update("DELETE FROM join_request WHERE group_id = ? AND user_id = ?", group, user) > 0);
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                JoinPolicy.valueOf(row.getString(5)),
                row.getString(6),
                row.getBoolean(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11));
    }
}
