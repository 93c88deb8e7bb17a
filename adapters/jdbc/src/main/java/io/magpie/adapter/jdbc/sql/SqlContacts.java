package io.magpie.adapter.jdbc.sql;

import io.magpie.core.contact.Contacts;
import io.magpie.core.contact.Friend;
import io.magpie.core.contact.FriendRequest;
import io.magpie.core.contact.Relation;
import io.magpie.core.conversation.ConversationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Friends, friend requests, blocks. A changed relation gives the two a direct conversation row if they have none:
/// its access number is what makes a permission granted before the change stale.
public final class SqlContacts implements Contacts.Edits {
    private static final String FRIEND = "SELECT user_id, friend_id, remark, since FROM friend ";
    private static final String REQUEST_COLUMNS =
            "id, from_user, to_user, message, remark, state, created_at, answered_at";
    private static final String REQUEST = "SELECT " + REQUEST_COLUMNS + " FROM friend_request ";

    private final Source source;

    public SqlContacts(Source source) {
        this.source = source;
    }

    @Override
    public Relation relation(long user, long peer) {
        return source.run(db -> db.sql()
                .first(
                        "SELECT EXISTS (SELECT 1 FROM account WHERE id = ?),"
                                + " EXISTS (SELECT 1 FROM friend WHERE user_id = ? AND friend_id = ?),"
                                + " EXISTS (SELECT 1 FROM user_block WHERE user_id = ? AND blocked_id = ?),"
                                + " EXISTS (SELECT 1 FROM user_block WHERE user_id = ? AND blocked_id = ?),"
                                + " COALESCE((SELECT access FROM conversation WHERE name = ?), 0)",
                        row -> new Relation(
                                row.getBoolean(1),
                                row.getBoolean(2),
                                row.getBoolean(3),
                                row.getBoolean(4),
                                row.getLong(5)),
                        peer,
                        user,
                        peer,
                        user,
                        peer,
                        peer,
                        user,
                        ConversationId.direct(user, peer).toString())
                .orElseThrow());
    }

    @Override
    public Optional<Friend> friend(long user, long friend) {
        return source.run(db ->
                db.sql().first(FRIEND + "WHERE user_id = ? AND friend_id = ?", SqlContacts::friendRow, user, friend));
    }

    @Override
    public List<Friend> friends(long user) {
        return source.run(
                db -> db.sql().list(FRIEND + "WHERE user_id = ? ORDER BY friend_id", SqlContacts::friendRow, user));
    }

    @Override
    public Optional<FriendRequest> request(long id) {
        return source.run(db -> db.sql().first(REQUEST + "WHERE id = ?" + db.holding(), SqlContacts::requestRow, id));
    }

    @Override
    public Optional<FriendRequest> pending(long from, long to) {
        return source.run(db -> {
            db.hold("account", from, to);
            return db.sql()
                    .first(
                            REQUEST + "WHERE from_user = ? AND to_user = ? AND state = 'PENDING' ORDER BY id DESC",
                            SqlContacts::requestRow,
                            from,
                            to);
        });
    }

    @Override
    public List<FriendRequest> requests(long user, int limit) {
        return source.run(db -> db.sql()
                .list(
                        "SELECT " + REQUEST_COLUMNS + " FROM (SELECT * FROM (" + REQUEST
                                + "WHERE from_user = ? ORDER BY id DESC LIMIT ?) AS sent UNION SELECT * FROM ("
                                + REQUEST
                                + "WHERE to_user = ? ORDER BY id DESC LIMIT ?) AS received) AS both_ways"
                                + " ORDER BY id DESC LIMIT ?",
                        SqlContacts::requestRow,
                        user,
                        limit,
                        user,
                        limit,
                        limit));
    }

    @Override
    public List<Long> blocks(long user) {
        return source.run(db -> db.sql()
                .list(
                        "SELECT blocked_id FROM user_block WHERE user_id = ? ORDER BY blocked_id",
                        row -> row.getLong(1),
                        user));
    }

    @Override
    public FriendRequest request(long from, long to, String message, String remark, long now) {
        return source.run(db -> {
            var state = FriendRequest.State.PENDING;
            long id = db.sql()
                    .insert(
                            "INSERT INTO friend_request (from_user, to_user, message, remark, state, created_at,"
                                    + " answered_at) VALUES (?, ?, ?, ?, ?, ?, 0)",
                            from,
                            to,
                            message,
                            remark,
                            state.name(),
                            now);
            return new FriendRequest(id, from, to, message, remark, state, now, 0);
        });
    }

    @Override
    public int deleteAnswered(long time, int limit) {
        return source.run(db -> db.sql()
                .update(
                        "DELETE FROM friend_request WHERE id IN (SELECT id FROM (SELECT id FROM friend_request"
                                + " WHERE answered_at > 0 AND answered_at < ? ORDER BY answered_at LIMIT ?) AS oldest)"
                                + " AND id < (SELECT id FROM (SELECT max(id) AS id FROM friend_request) AS newest)",
                        time,
                        limit));
    }

    @Override
    public void answer(long request, FriendRequest.State state, long now) {
        source.run(db -> db.sql()
                .update(
                        "UPDATE friend_request SET state = ?, answered_at = ? WHERE id = ?",
                        state.name(),
                        now,
                        request));
    }

    @Override
    public void befriend(long user, long friend, String remark, long now) {
        source.run(db -> {
            if (db.sql()
                            .update(
                                    "UPDATE friend SET remark = ? WHERE user_id = ? AND friend_id = ?",
                                    remark,
                                    user,
                                    friend)
                    == 0) {
                db.sql()
                        .update(
                                "INSERT INTO friend (user_id, friend_id, remark, since) VALUES (?, ?, ?, ?)",
                                user,
                                friend,
                                remark,
                                now);
                changed(db, user, friend);
            }
            return true;
        });
    }

    @Override
    public boolean unfriend(long user, long friend) {
        return source.run(db -> changedIf(
                db,
                db.sql()
                        .update(
                                "DELETE FROM friend WHERE (user_id = ? AND friend_id = ?)"
                                        + " OR (user_id = ? AND friend_id = ?)",
                                user,
                                friend,
                                friend,
                                user),
                user,
                friend));
    }

    @Override
    public void block(long user, long blocked, long now) {
        source.run(db -> {
            if (db.sql().number("SELECT count(*) FROM user_block WHERE user_id = ? AND blocked_id = ?", user, blocked)
                    != 0) {
                return false;
            }
            int inserted = db.sql()
                    .update(
                            "INSERT INTO user_block (user_id, blocked_id, created_at) VALUES (?, ?, ?)",
                            user,
                            blocked,
                            now);
            return changedIf(db, inserted, user, blocked);
        });
    }

    @Override
    public boolean unblock(long user, long blocked) {
        return source.run(db -> changedIf(
                db,
                db.sql().update("DELETE FROM user_block WHERE user_id = ? AND blocked_id = ?", user, blocked),
                user,
                blocked));
    }

    private static boolean changedIf(Db db, int rows, long user, long peer) throws SQLException {
        if (rows > 0) {
            changed(db, user, peer);
        }
        return rows > 0;
    }

    private static void changed(Db db, long user, long peer) throws SQLException {
        long key = db.keys().findOrCreate(db.sql(), ConversationId.direct(user, peer));
        ConversationKeys.advanceAccess(db.sql(), key);
    }

    private static Friend friendRow(ResultSet row) throws SQLException {
        return new Friend(row.getLong(1), row.getLong(2), row.getString(3), row.getLong(4));
    }

    private static FriendRequest requestRow(ResultSet row) throws SQLException {
        return new FriendRequest(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                FriendRequest.State.valueOf(row.getString(6)),
                row.getLong(7),
                row.getLong(8));
    }
}
