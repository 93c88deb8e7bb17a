package io.magpie.adapter.jdbc.sql;

import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Logins;
import io.magpie.core.device.Platform;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Devices logged in.
public final class SqlLogins implements Logins.Edits {
    private static final String SELECT =
            "SELECT id, user_id, device_id, platform, device_name, created_at, last_seen_at, expires_at FROM login ";

    private final Source source;

    public SqlLogins(Source source) {
        this.source = source;
    }

    @Override
    public Optional<Login> byToken(byte[] tokenHash) {
        return source.run(db -> db.sql().first(SELECT + "WHERE token_hash = ?", SqlLogins::login, tokenHash));
    }

    @Override
    public Optional<Login> find(long id) {
        return source.run(db -> db.sql().first(SELECT + "WHERE id = ?", SqlLogins::login, id));
    }

    @Override
    public List<Login> findAll(Collection<Long> ids) {
        return source.run(db -> {
            List<Login> found = new ArrayList<>();
            for (var chunk : new Chunks<>(List.copyOf(ids))) {
                var query = db.sql().prepare(SELECT + "WHERE id IN (" + chunk.marks() + ")");
                chunk.bind(query, 1);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(login(rows));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public List<Login> ofUser(long user) {
        return source.run(db -> {
            db.hold("account", user);
            return db.sql()
                    .list(SELECT + "WHERE user_id = ? ORDER BY last_seen_at DESC, id DESC", SqlLogins::login, user);
        });
    }

    @Override
    public Login open(long user, Device device, byte @Nullable [] tokenHash, long now, long expiresAt) {
        return source.run(db -> {
            db.sql().update("DELETE FROM login WHERE user_id = ? AND device_id = ?", user, device.id());
            long id = db.sql()
                    .insert(
                            "INSERT INTO login (user_id, device_id, platform, device_name, token_hash, created_at,"
                                    + " last_seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                            user,
                            device.id(),
                            device.platform().name(),
                            device.name(),
                            tokenHash,
                            now,
                            now,
                            expiresAt);
            return new Login(id, user, device, now, now, expiresAt);
        });
    }

    @Override
    public void extend(long id, long lastSeenAt, long expiresAt) {
        source.run(db -> db.sql()
                .update("UPDATE login SET last_seen_at = ?, expires_at = ? WHERE id = ?", lastSeenAt, expiresAt, id));
    }

    @Override
    public void close(long id) {
        source.run(db -> db.sql().update("DELETE FROM login WHERE id = ?", id));
    }

    @Override
    public int deleteExpired(long time, int limit) {
        return source.run(db -> db.sql()
                .update(
                        "DELETE FROM login WHERE id IN (SELECT id FROM (SELECT id FROM login WHERE expires_at < ?"
                                + " ORDER BY expires_at LIMIT ?) AS expired)",
                        time,
                        limit));
    }

    private static Login login(ResultSet row) throws SQLException {
        return new Login(
                row.getLong(1),
                row.getLong(2),
                new Device(row.getString(3), Platform.valueOf(row.getString(4)), row.getString(5)),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8));
    }
}
