package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Chunks;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Names;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.EntryShelf.Kept;
import io.magpie.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings the shelf to what the database committed: makes the changes of entries that have happened, and removes the
/// entries that were deleted. Whatever of it a crash leaves undone, somebody who comes across it does later. Any
/// thread that may block.
public final class Settling {
    private final EntryShelf shelf;
    private final Source committed;
    /// A transaction is one thread's from its beginning to its end.
    private final ThreadLocal<Noted> noted = ThreadLocal.withInitial(() -> new Noted(new HashSet<>(), new HashSet<>()));

    public Settling(EntryShelf shelf, Source committed) {
        this.shelf = shelf;
        this.committed = committed;
    }

    private record Noted(Set<Long> changed, Set<Long> deleted) {}

    /// What of a conversation's log is committed.
    record Bounds(long key, ConversationId conversation, long first, long last, long writer) {
        boolean hold(long seq) {
            return seq >= first && seq <= last;
        }
    }

    /// By the conversations' keys.
    static Map<Long, Bounds> bounds(Db db, Collection<Long> keys) throws SQLException {
        var bounds = HashMap.<Long, Bounds>newHashMap(keys.size());
        // An embedded database does not keep who wrote.
        var columns = "SELECT id, name, first_seq, last_seq, " + (db.embedded() == null ? "writer" : "0");
        for (var chunk : new Chunks<>(List.copyOf(new HashSet<>(keys)))) {
            var query = db.sql().prepare(columns + " FROM conversation WHERE id IN (" + chunk.marks() + ")");
            chunk.bind(query, 1);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    bounds.put(
                            rows.getLong(1),
                            new Bounds(
                                    rows.getLong(1),
                                    Names.conversation(rows, 2),
                                    rows.getLong(3),
                                    rows.getLong(4),
                                    rows.getLong(5)));
                }
            }
        }
        return bounds;
    }

    /// Those of the entries that are part of the log.
    static List<Kept> within(Map<Long, Bounds> bounds, List<Kept> entries) {
        return entries.stream()
                .filter(kept -> {
                    var within = bounds.get(kept.conversation());
                    return within != null && within.hold(kept.seq());
                })
                .toList();
    }

    /// The entries as they are now: with the changes that are committed, and without waiting for them any more.
    /// Those that still have a [EntryShelf.Next] wait for what is not committed.
    List<Kept> settled(List<Kept> entries) {
        var keys = conversations(entries);
        return changers(entries).isEmpty() ? entries : settled(entries, committed.run(db -> bounds(db, keys)));
    }

    static Set<Long> conversations(List<Kept> entries) {
        return entries.stream().map(Kept::conversation).collect(Collectors.toSet());
    }

    /// As [#settled(List)].
    ///
    /// @param bounds of their conversations, which are read first: an entry that is still there afterwards, within
    ///     its bounds, is the one that was committed with them
    List<Kept> settled(List<Kept> entries, Map<Long, Bounds> bounds) {
        var changers = changers(entries);
        if (changers.isEmpty()) {
            return entries;
        }
        var happened = within(bounds, shelf.numbered(changers)).stream()
                .map(Kept::number)
                .collect(Collectors.toSet());
        var settled = new ArrayList<Kept>(entries.size());
        for (var kept : entries) {
            var next = kept.next();
            if (next != null && happened.contains(next.by())) {
                settle(kept, next.by());
                settled.add(kept.changed());
            } else {
                settled.add(kept);
            }
        }
        return settled;
    }

    /// The numbers of the entries that these wait for.
    static Set<Long> changers(List<Kept> entries) {
        return entries.stream()
                .map(Kept::next)
                .filter(Objects::nonNull)
                .map(EntryShelf.Next::by)
                .collect(Collectors.toSet());
    }

    private void settle(Kept kept, long by) {
        try {
            shelf.settle(kept, by);
        } catch (StoreUnavailableException _) {
            // The next one who reads it does it. This one knows what it will be.
        }
    }

    /// The transaction of this thread changes entries of this conversation, if it comes to its end.
    void note(long conversation) {
        noted.get().changed().add(conversation);
    }

    /// As [#note], and deletes some.
    void noteDeleted(long conversation) {
        noted.get().deleted().add(conversation);
    }

    /// After the transaction of this thread, however it ended: does what it has left to do.
    void settleNoted() {
        var own = noted.get();
        noted.remove();
        if (own.changed().isEmpty() && own.deleted().isEmpty()) {
            return;
        }
        try {
            var _ = settled(shelf.changing(own.changed()));
            committed
                    .run(db -> bounds(db, own.deleted()))
                    .forEach((key, within) -> shelf.removeBefore(key, within.first()));
        } catch (StoreUnavailableException _) {
            // Whoever reads what was changed, or deletes there again, does it.
        }
    }
}
