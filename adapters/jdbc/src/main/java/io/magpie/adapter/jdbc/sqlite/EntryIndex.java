package io.magpie.adapter.jdbc.sqlite;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.LogIndex;
import io.magpie.adapter.jdbc.sql.Statements;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds entries by place (conversation, seq) and repeats by (conversation, sender, clientId).
///
/// Entries are appended to one table in commit order; a database index on each of these would have to write a page
/// at a random place for every message, most of what storing it costs. So what is new is kept in memory, a
/// generation at a time, and moved into the two index tables in their own order, many rows to a page. The table
/// `entry` alone decides what is stored: [#load] reads what the index tables lack, after a crash too.
///
/// Rows of a transaction are here from the moment they are added, so that its snapshot can be told by the last row
/// alone. Writing: one transaction at a time. Reading: any thread, through [#view].
public final class EntryIndex implements LogIndex {
    private static final long MAX_SEQ = (1L << 32) - 1;
    private static final String INDEXED = "indexed";
    private static final String KEY = "repeat_key";

    /// @param generation rows that gather before they are moved: large enough that a busy conversation
    ///     moves dozens at once, small enough to be read again in a moment at the next start. At most
    ///     twice as many are in memory, 70 bytes each
    /// @param step rows are moved a little faster than they come, and not fewer at a time than this
    public record Sizes(int generation, int step) {
        public static final Sizes DEFAULT = new Sizes(65_536, 256);
    }

    private record Silenced(Generation generation, long conversation, long seq, long author) {}

    private record Forgotten(long conversation, long toSeq) {}

    private record Generations(
            Generation active, Generation frozen, @Nullable Merge merge, long frozenRow) {}

    private final Sizes sizes;
    private final Deque<Long> added = new ArrayDeque<>();
    private final Deque<Silenced> silenced = new ArrayDeque<>();
    private final List<Forgotten> forgotten = new ArrayList<>();
    private volatile Generations generations = new Generations(new Generation(), new Generation(), null, 0);
    private RepeatHash hash = new RepeatHash(0);
    private long lastRow;
    private long committedRow;
    private int owed;

    public EntryIndex(Sizes sizes) {
        this.sizes = sizes;
    }

    /// The index behind this connection, which is one of an embedded store.
    public static EntryIndex of(Db db) {
        return (EntryIndex) Objects.requireNonNull(db.embedded());
    }

    /// The index tables' key of a place. Seqs beyond what an entry can have are the end of the conversation.
    static long place(long conversation, long seq) {
        return conversation << 32 | Math.clamp(seq, 0, MAX_SEQ);
    }

    /// Starts again from what is stored. When a writing connection has been opened: what the one before left is not
    /// certain.
    public void load(Statements sql) throws SQLException {
        hash = new RepeatHash(key(sql));
        added.clear();
        silenced.clear();
        forgotten.clear();
        long indexed = sql.number("SELECT value FROM meta WHERE name = ?", INDEXED);
        lastRow = indexed;
        var active = new Generation();
        sql.each(
                "SELECT id, conversation_id, seq, author, sender, client_id FROM entry WHERE id > ? ORDER BY id",
                row -> {
                    lastRow = row.getLong(1);
                    var clientId = row.getString(6);
                    long repeat = clientId == null ? 0 : repeat(row.getLong(2), code(row.getLong(5), clientId));
                    active.add(row.getLong(2), row.getLong(3), lastRow, row.getLong(4), repeat);
                },
                indexed);
        committedRow = lastRow;
        generations = new Generations(active, new Generation(), null, 0);
    }

    @Override
    public EntryView view(Statements sql) throws SQLException {
        while (true) {
            var before = generations;
            long last = sql.number("SELECT max(id) FROM entry");
            if (before.equals(generations)) {
                return new EntryView(sql, before.active(), before.frozen(), last);
            }
            // A generation came or went around the first read: its rows would be missing.
            sql.prepare("COMMIT").execute();
            sql.prepare("BEGIN").execute();
        }
    }

    /// What the writing transaction sees.
    EntryView writing(Statements sql) {
        var now = generations;
        return new EntryView(sql, now.active(), now.frozen(), Long.MAX_VALUE);
    }

    /// The part of a repeat's key that is the same in every conversation.
    public int code(long sender, String clientId) {
        return hash.of(sender, clientId);
    }

    static long repeat(long conversation, int code) {
        return conversation << 32 | Integer.toUnsignedLong(code);
    }

    /// Rows not in the tables whose clientId may be the one behind this number.
    long[][] repeats(long repeat) {
        var now = generations;
        return new long[][] {now.active().repeats(repeat), now.frozen().repeats(repeat)};
    }

    /// The row that the next entry gets.
    ///
    /// @param repeat 0 for an entry without clientId
    long add(long conversation, long seq, long author, long repeat) {
        lastRow++;
        generations.active().add(conversation, seq, lastRow, author, repeat);
        added.add(conversation);
        return lastRow;
    }

    /// Nobody counts this entry any more.
    void silence(Statements sql, long conversation, long seq) throws SQLException {
        sql.update("UPDATE entry_place SET author = 0 WHERE place = ?", place(conversation, seq));
        var now = generations;
        var generation = now.active().holds(conversation, seq) ? now.active() : now.frozen();
        silenced.add(new Silenced(generation, conversation, seq, generation.author(conversation, seq, 0)));
    }

    /// Entries of the conversation before `toSeq`, and `rows` by their repeats, are being deleted. Readers know it by
    /// the conversation's first seq, so what is in memory stays there, but it is not moved any more.
    void forget(Statements sql, long conversation, long toSeq, Map<Long, Long> rows) throws SQLException {
        sql.update(
                "DELETE FROM entry_place WHERE place >= ? AND place < ?",
                place(conversation, 0),
                place(conversation, toSeq));
        for (var row : rows.entrySet()) {
            sql.update("DELETE FROM entry_repeat WHERE hash = ? AND entry_id = ?", row.getValue(), row.getKey());
        }
        forgotten.add(new Forgotten(conversation, toSeq));
    }

    /// The last step of a transaction that added something.
    void merge(Statements sql) throws SQLException {
        var merge = generations.merge();
        if (merge == null) {
            return;
        }
        owed += added.size() + added.size() / 4 + 1;
        if (owed >= sizes.step()) {
            merge.step(sql, owed);
            owed = 0;
            if (merge.ended()) {
                sql.update("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", INDEXED, generations.frozenRow());
            }
        }
    }

    @Override
    public void committed() {
        added.clear();
        silenced.clear();
        committedRow = lastRow;
        for (var gone : forgotten) {
            generations.active().forget(gone.conversation(), gone.toSeq());
            generations.frozen().forget(gone.conversation(), gone.toSeq());
        }
        forgotten.clear();
        var now = generations;
        var merge = now.merge();
        if (merge != null) {
            merge.committed();
            if (merge.ended()) {
                generations = new Generations(now.active(), new Generation(), null, 0);
            }
        } else if (now.active().size() >= sizes.generation()) {
            generations = new Generations(new Generation(), now.active(), new Merge(now.active()), lastRow);
        }
    }

    @Override
    public void rolledBack() {
        forgotten.clear();
        var now = generations;
        while (!added.isEmpty()) {
            now.active().removeLast(added.removeLast());
        }
        while (!silenced.isEmpty()) {
            var last = silenced.removeLast();
            var _ = last.generation().author(last.conversation(), last.seq(), last.author());
        }
        lastRow = committedRow;
        var merge = now.merge();
        if (merge != null) {
            merge.rolledBack();
        }
    }

    private static long key(Statements sql) throws SQLException {
        long known = sql.number("SELECT value FROM meta WHERE name = ?", KEY);
        if (known != 0) {
            return known;
        }
        long fresh = new SecureRandom().nextLong(1, Long.MAX_VALUE);
        sql.update("INSERT INTO meta (name, value) VALUES (?, ?)", KEY, fresh);
        return fresh;
    }
}
