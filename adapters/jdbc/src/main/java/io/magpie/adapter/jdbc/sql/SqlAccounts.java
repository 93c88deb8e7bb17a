package io.magpie.adapter.jdbc.sql;

import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Accounts. Names are compared by their lower-case copies, byte by byte.
public final class SqlAccounts implements Accounts.Edits {
    private static final String COLUMNS = "id, username, external_id, nickname, avatar, bio, created_at, last_seen_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM account ";

    /// Sorts after every text that has the same beginning.
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final Source source;

    public SqlAccounts(Source source) {
        this.source = source;
    }

    @Override
    public Optional<Account> find(long id) {
        return source.run(db -> db.sql().first(SELECT + "WHERE id = ?", SqlAccounts::account, id));
    }

    @Override
    public List<Account> findAll(Collection<Long> ids) {
        return source.run(db -> {
            var found = new ArrayList<Account>();
            for (var chunk : new Chunks<>(List.copyOf(ids))) {
                var query = db.sql().prepare(SELECT + "WHERE id IN (" + chunk.marks() + ")");
                chunk.bind(query, 1);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(account(rows));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public Optional<Account> byUsername(String username) {
        return source.run(db -> db.sql().first(SELECT + "WHERE username_key = ?", SqlAccounts::account, key(username)));
    }

    @Override
    public Optional<Account> byExternal(String external) {
        return source.run(db -> db.sql().first(SELECT + "WHERE external_id = ?", SqlAccounts::account, external));
    }

    @Override
    public Optional<Credentials> credentials(String username) {
        return source.run(db -> db.sql()
                .first(
                        "SELECT id, password_hash FROM account WHERE username_key = ? AND password_hash IS NOT NULL",
                        row -> new Credentials(row.getLong(1), row.getString(2)),
                        key(username)));
    }

    @Override
    public List<Account> search(String query, int limit) {
        String from = key(query);
        String to = from + LAST;
        return source.run(db -> db.sql()
                .list(
                        "SELECT " + COLUMNS
                                + " FROM (SELECT id AS found FROM account WHERE username_key >= ? AND username_key < ?"
                                + " UNION SELECT id FROM account WHERE nickname_key >= ? AND nickname_key < ?) AS hits"
                                + " JOIN account ON id = found ORDER BY id LIMIT ?",
                        SqlAccounts::account,
                        from,
                        to,
                        from,
                        to,
                        limit));
    }

    @Override
    public Optional<Account> insert(
            @Nullable String username,
            @Nullable String passwordHash,
            @Nullable String external,
            String nickname,
            String avatar,
            long now) {
        return source.run(db -> {
            String key = username == null ? null : key(username);
            if (db.sql().number("SELECT count(*) FROM account WHERE username_key = ? OR external_id = ?", key, external)
                    != 0) {
                return Optional.empty();
            }
            long id = db.sql()
                    .insert(
                            "INSERT INTO account (username, username_key, external_id, password_hash, nickname,"
                                    + " nickname_key, avatar, bio, created_at, last_seen_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, 0)",
                            username,
                            key,
                            external,
                            passwordHash,
                            nickname,
                            key(nickname),
                            avatar,
                            now);
            return Optional.of(new Account(id, username, external, nickname, avatar, "", now, 0));
        });
    }

    @Override
    public Account insert(long id, String nickname, long now) {
        return source.run(db -> {
            db.sql()
                    .update(
                            "INSERT INTO account (id, nickname, nickname_key, avatar, bio, created_at, last_seen_at)"
                                    + " VALUES (?, ?, ?, '', '', ?, 0)",
                            id,
                            nickname,
                            key(nickname),
                            now);
            return new Account(id, null, null, nickname, "", "", now, 0);
        });
    }

    @Override
    public void update(Account account) {
        source.run(db -> db.sql()
                .update(
                        "UPDATE account SET nickname = ?, nickname_key = ?, avatar = ?, bio = ? WHERE id = ?",
                        account.nickname(),
                        key(account.nickname()),
                        account.avatar(),
                        account.bio(),
                        account.id()));
    }

    @Override
    public void password(long user, String passwordHash) {
        source.run(db -> db.sql().update("UPDATE account SET password_hash = ? WHERE id = ?", passwordHash, user));
    }

    @Override
    public void lastSeen(Map<Long, Long> times) {
        source.run(db -> {
            var update = db.sql().prepare("UPDATE account SET last_seen_at = ? WHERE id = ? AND last_seen_at < ?");
            for (var time : new TreeMap<>(times).entrySet()) {
                update.setLong(1, time.getValue());
                update.setLong(2, time.getKey());
                update.setLong(3, time.getValue());
                update.addBatch();
            }
            return times.isEmpty() ? new int[0] : update.executeBatch();
        });
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8));
    }
}
