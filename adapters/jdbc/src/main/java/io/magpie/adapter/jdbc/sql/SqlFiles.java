package io.magpie.adapter.jdbc.sql;

import io.magpie.core.file.FileKind;
import io.magpie.core.file.Files;
import io.magpie.core.file.Media;
import io.magpie.core.file.NewFile;
import io.magpie.core.file.StoredFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Uploaded files, who sees them, and what nothing uses. [FileUses] writes which entries carry them.
public final class SqlFiles implements Files.Edits {
    private static final String COLUMNS = "id, owner_id, hash, size, name, kind, mime, width, height, duration_ms,"
            + " waveform, blurhash, preview_id, created_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM file ";

    /// A file that was sent more often is looked up from the user's conversations.
    private static final int FEW_USES = 64;

    private static final String SEES = " u.seq >= m.visible_from AND (m.visible_to = 0 OR u.seq <= m.visible_to)";

    /// Of the file `f`; previews go with their origin.
    private static final String UNUSED = " NOT EXISTS (SELECT 1 FROM file_use WHERE file_id = f.id)"
            + " AND NOT EXISTS (SELECT 1 FROM account WHERE avatar = CAST(f.id AS CHAR(20)) AND avatar <> '')"
            + " AND NOT EXISTS (SELECT 1 FROM chat_group WHERE avatar = CAST(f.id AS CHAR(20)) AND avatar <> '')"
            + " AND NOT EXISTS (SELECT 1 FROM file o WHERE o.id = f.origin_id)";

    private final Source source;

    public SqlFiles(Source source) {
        this.source = source;
    }

    @Override
    public Optional<StoredFile> find(long id) {
        return source.run(db -> db.sql().first(SELECT + "WHERE id = ?" + db.holding(), SqlFiles::file, id));
    }

    @Override
    public List<StoredFile> findAll(Collection<Long> ids) {
        return source.run(db -> {
            var found = new ArrayList<StoredFile>();
            for (var chunk : new Chunks<>(List.copyOf(ids))) {
                var query = db.sql().prepare(SELECT + "WHERE id IN (" + chunk.marks() + ")");
                chunk.bind(query, 1);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(file(rows));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public boolean carried(long id, long user) {
        return source.snapshot(db -> {
            var sql = db.sql();
            var seen = sql.list(
                    "SELECT EXISTS (SELECT 1 FROM member m WHERE m.user_id = ? AND m.conversation_id ="
                            + " u.conversation_id AND" + SEES + ") FROM (SELECT conversation_id, seq FROM file_use"
                            + " WHERE file_id = ? LIMIT ?) u",
                    row -> row.getBoolean(1),
                    user,
                    id,
                    FEW_USES);
            return seen.contains(true)
                    || (seen.size() == FEW_USES
                            && sql.number(
                                            "SELECT EXISTS (SELECT 1 FROM member m WHERE m.user_id = ? AND EXISTS"
                                                    + " (SELECT 1 FROM file_use u WHERE u.file_id = ? AND"
                                                    + " u.conversation_id = m.conversation_id AND" + SEES + "))",
                                            user,
                                            id)
                                    != 0);
        });
    }

    @Override
    public boolean avatar(long id) {
        String avatar = Long.toString(id);
        return source.run(db -> db.sql()
                        .number(
                                "SELECT EXISTS (SELECT 1 FROM account WHERE avatar = ? AND avatar <> '')"
                                        + " OR EXISTS (SELECT 1 FROM chat_group WHERE avatar = ? AND avatar <> '')",
                                avatar,
                                avatar)
                != 0);
    }

    @Override
    public long usedBytes(long owner) {
        return source.run(db ->
                db.sql().number("SELECT COALESCE(SUM(size), 0) FROM file WHERE owner_id = ? AND origin_id = 0", owner));
    }

    private record Looked(long id, boolean unused) {}

    @Override
    public Page unused(long after, long time, int scan) {
        return source.run(db -> {
            var looked = db.sql()
                    .list(
                            "SELECT f.id, f.created_at < ? AND" + UNUSED
                                    + " FROM file f WHERE f.id > ? ORDER BY f.id LIMIT ?",
                            row -> new Looked(row.getLong(1), row.getBoolean(2)),
                            time,
                            after,
                            scan);
            var unused = looked.stream().filter(Looked::unused).map(Looked::id).toList();
            return new Page(unused, looked.size() < scan ? 0 : looked.getLast().id());
        });
    }

    private record LookedContent(String hash, boolean unused) {}

    @Override
    public ContentPage unusedContents(String after, long time, int scan) {
        return source.run(db -> {
            var looked = db.sql()
                    .list(
                            "SELECT c.hash, c.brought_at < ? AND NOT EXISTS (SELECT 1 FROM file WHERE hash = c.hash)"
                                    + " FROM file_content c WHERE c.hash > ? ORDER BY c.hash LIMIT ?",
                            row -> new LookedContent(row.getString(1), row.getBoolean(2)),
                            time,
                            after,
                            scan);
            var unused = looked.stream()
                    .filter(LookedContent::unused)
                    .map(LookedContent::hash)
                    .toList();
            return new ContentPage(
                    unused, looked.size() < scan ? "" : looked.getLast().hash());
        });
    }

    @Override
    public boolean bring(String hash, long size, long now) {
        return source.run(db -> {
            var condemned = db.sql()
                    .first(
                            "SELECT condemned FROM file_content WHERE hash = ?" + db.holding(),
                            row -> row.getBoolean(1),
                            hash);
            if (condemned.isEmpty()) {
                db.sql()
                        .update(
                                "INSERT INTO file_content (hash, size, brought_at, condemned) VALUES (?, ?, ?, 0)",
                                hash,
                                size,
                                now);
                return true;
            }
            return !condemned.get()
                    && db.sql().update("UPDATE file_content SET brought_at = ? WHERE hash = ?", now, hash) > 0;
        });
    }

    @Override
    public StoredFile insert(NewFile file, long now) {
        return source.run(db -> {
            var media = file.media();
            long id = db.sql()
                    .insert(
                            "INSERT INTO file (owner_id, hash, size, name, kind, mime, width, height, duration_ms,"
                                    + " waveform, blurhash, preview_id, origin_id, created_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
                            file.owner(),
                            file.hash(),
                            file.size(),
                            file.name(),
                            number(media.kind()),
                            media.mime(),
                            media.width(),
                            media.height(),
                            media.durationMs(),
                            bytes(media.waveform()),
                            media.blurhash(),
                            file.origin(),
                            now);
            if (file.origin() != 0) {
                db.sql().update("UPDATE file SET preview_id = ? WHERE id = ?", id, file.origin());
            }
            return new StoredFile(id, file.owner(), file.hash(), file.size(), file.name(), media, 0, now);
        });
    }

    @Override
    public boolean deleteUnused(long id, long time) {
        return source.run(db -> {
            db.hold("file", id);
            boolean unused = db.sql()
                            .number(
                                    "SELECT count(*) FROM file f WHERE f.id = ? AND f.created_at < ? AND" + UNUSED,
                                    id,
                                    time)
                    != 0;
            return unused && db.sql().update("DELETE FROM file WHERE id = ?", id) > 0;
        });
    }

    @Override
    public boolean condemn(String hash, long time) {
        return source.run(db -> db.sql()
                        .update(
                                "UPDATE file_content SET condemned = 1 WHERE hash = ? AND (condemned = 1 OR"
                                        + " (brought_at < ? AND NOT EXISTS (SELECT 1 FROM file WHERE hash = ?)))",
                                hash,
                                time,
                                hash)
                > 0);
    }

    @Override
    public void forget(String hash) {
        source.run(db -> db.sql().update("DELETE FROM file_content WHERE hash = ? AND condemned = 1", hash));
    }

    @Override
    public byte[] agreed(Agreed name, byte[] fresh) {
        return source.run(db -> {
            var known = db.sql().first("SELECT value FROM meta WHERE name = ?", row -> row.getString(1), name.key());
            if (known.isPresent()) {
                return HexFormat.of().parseHex(known.get());
            }
            db.sql()
                    .update(
                            "INSERT INTO meta (name, value) VALUES (?, ?)",
                            name.key(),
                            HexFormat.of().formatHex(fresh));
            return fresh.clone();
        });
    }

    private static StoredFile file(ResultSet row) throws SQLException {
        var media = new Media(
                kind(row.getInt(6)),
                row.getString(7),
                row.getInt(8),
                row.getInt(9),
                row.getLong(10),
                numbers(row.getBytes(11)),
                row.getString(12));
        return new StoredFile(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                media,
                row.getLong(13),
                row.getLong(14));
    }

    /// Stored, so these never change meaning.
    private static int number(FileKind kind) {
        return switch (kind) {
            case OTHER -> 0;
            case IMAGE -> 1;
            case AUDIO -> 2;
            case VIDEO -> 3;
        };
    }

    private static FileKind kind(int number) {
        return switch (number) {
            case 1 -> FileKind.IMAGE;
            case 2 -> FileKind.AUDIO;
            case 3 -> FileKind.VIDEO;
            default -> FileKind.OTHER;
        };
    }

    private static byte[] bytes(List<Integer> numbers) {
        var bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = numbers.get(i).byteValue();
        }
        return bytes;
    }

    private static List<Integer> numbers(byte[] bytes) {
        var numbers = new ArrayList<Integer>(bytes.length);
        for (byte one : bytes) {
            numbers.add(Byte.toUnsignedInt(one));
        }
        return List.copyOf(numbers);
    }
}
