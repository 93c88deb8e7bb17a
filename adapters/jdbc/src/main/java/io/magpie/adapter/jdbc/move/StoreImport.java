package io.magpie.adapter.jdbc.move;

import io.magpie.adapter.jdbc.database.DatabaseAccess;
import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.sqlite.BackupFile;
import io.magpie.core.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes the backup of an embedded store into an empty database: every row, then every row is read again from both
/// and compared. Clients go on as before, because the epoch is taken along. Rows stream, so memory does not matter.
///
/// What did not come to its end leaves a mark in the database, and no server opens it. A mistake of the caller is an
/// [IllegalArgumentException] with one sentence for people.
public final class StoreImport {
    private static final int ROWS = 1000;

    private final Connection from;
    private final DatabaseAccess to;
    private final Progress progress;

    private StoreImport(Connection from, DatabaseAccess to, Progress progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /// Hears of the work, often.
    public interface Progress {
        /// @param work as in `copying entry`
        void at(String work, long rows, long of);
    }

    /// @return how many entries were moved and compared
    /// @throws StoreUnavailableException if the database failed meanwhile
    /// @throws IllegalStateException if a row arrived as another one
    public static long run(Path backup, DatabaseSettings target, Progress progress) {
        try (var from = BackupFile.read(backup);
                var to = DatabaseAccess.open(target)) {
            return new StoreImport(from, to, progress).run();
        } catch (SQLException e) {
            throw new StoreUnavailableException("import: " + e.getMessage(), e);
        }
    }

    /// What is moved row by row.
    public static List<String> tables() {
        return MovedTable.ALL.stream().map(MovedTable::name).toList();
    }

    private long run() throws SQLException {
        var meta = meta();
        for (var table : MovedTable.ALL) {
            if (count(to.connection(), table) != 0) {
                throw new IllegalArgumentException(
                        "store: the table " + table.name() + " has rows (expected: an empty database)");
            }
        }
        to.beginImport();
        for (var table : MovedTable.ALL) {
            copy(table);
            if (table.numbered()) {
                to.numberBehind(table.name(), lastId(table));
            }
            to.connection().commit();
        }
        long entries = 0;
        for (var table : MovedTable.ALL) {
            long compared = compare(table);
            entries = table.name().equals("entry") ? compared : entries;
        }
        to.endImport(meta);
        return entries;
    }

    /// What of the store itself goes on: its epoch, and the key that signed addresses of files.
    private Map<String, String> meta() {
        var meta = new HashMap<String, String>();
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name, value FROM meta WHERE name IN ('epoch', 'epoch_since', 'file_key')")) {
            while (rows.next()) {
                meta.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalArgumentException("backup: " + e.getMessage() + " (expected: a backup of Magpie)", e);
        }
        if (!meta.containsKey("epoch")) {
            throw new IllegalArgumentException("backup: no epoch (expected: a backup of Magpie)");
        }
        return meta;
    }

    /// The largest id that was ever given: a login that has ended may have had a larger one than any that is left.
    private long lastId(MovedTable table) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery("SELECT max(coalesce((SELECT max(id) FROM " + table.name()
                        + "), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = '" + table.name()
                        + "'), 0))")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long count(Connection connection, MovedTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table.name())) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void copy(MovedTable table) throws SQLException {
        long all = count(from, table);
        long done = 0;
        try (var select = from.createStatement();
                ResultSet rows = select.executeQuery(table.select());
                PreparedStatement insert = to.connection().prepareStatement(table.insert())) {
            boolean[] binary = binary(table);
            while (rows.next()) {
                for (int i = 1; i <= table.columns().size(); i++) {
                    set(insert, i, rows.getObject(i), binary[i - 1]);
                }
                insert.addBatch();
                done++;
                if (done % ROWS == 0) {
                    insert.executeBatch();
                    to.connection().commit();
                    progress.at("copying " + table.name(), done, all);
                }
            }
            if (done % ROWS != 0) {
                insert.executeBatch();
            }
        }
        progress.at("copying " + table.name(), done, all);
    }

    private boolean[] binary(MovedTable table) throws SQLException {
        var binary = new boolean[table.columns().size()];
        try (Statement statement = to.connection().createStatement();
                ResultSet rows = statement.executeQuery(table.select() + " LIMIT 0")) {
            var columns = rows.getMetaData();
            for (int i = 0; i < binary.length; i++) {
                binary[i] = switch (columns.getColumnType(i + 1)) {
                    case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
                    default -> false;
                };
            }
        }
        return binary;
    }

    private static void set(PreparedStatement insert, int column, @Nullable Object value, boolean binary)
            throws SQLException {
        if (value == null) {
            insert.setNull(column, binary ? Types.VARBINARY : Types.VARCHAR);
        } else if (binary) {
            insert.setBytes(column, bytes(value));
        } else {
            insert.setObject(column, value);
        }
    }

    /// Reads both sides in one order, row by row.
    private long compare(MovedTable table) throws SQLException {
        long all = count(from, table);
        long done = 0;
        try (var here = from.createStatement();
                var there = to.connection().createStatement()) {
            there.setFetchSize(ROWS);
            try (ResultSet wanted = here.executeQuery(table.select());
                    ResultSet found = there.executeQuery(table.select())) {
                while (wanted.next()) {
                    if (!found.next() || !same(table, wanted, found)) {
                        throw different(table, wanted);
                    }
                    done++;
                    if (done % ROWS == 0) {
                        progress.at("comparing " + table.name(), done, all);
                    }
                }
                if (found.next()) {
                    throw different(table, found);
                }
            }
        }
        to.connection().commit();
        progress.at("comparing " + table.name(), done, all);
        return done;
    }

    private static boolean same(MovedTable table, ResultSet wanted, ResultSet found) throws SQLException {
        for (int i = 1; i <= table.columns().size(); i++) {
            if (!same(wanted.getObject(i), found.getObject(i))) {
                return false;
            }
        }
        return true;
    }

    /// Texts may be kept as bytes, and numbers in other widths.
    private static boolean same(@Nullable Object wanted, @Nullable Object found) {
        if (wanted == null || found == null) {
            return Objects.equals(wanted, found);
        }
        if (wanted instanceof Number number && found instanceof Number other) {
            return number.longValue() == other.longValue();
        }
        return Arrays.equals(bytes(wanted), bytes(found));
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static IllegalStateException different(MovedTable table, ResultSet row) throws SQLException {
        var key = new StringBuilder();
        for (var column : table.key()) {
            key.append(' ').append(column).append(' ').append(Objects.toString(row.getObject(column)));
        }
        return new IllegalStateException(
                "import: " + table.name() + key + " arrived as another row (expected: the same on both sides)");
    }
}
