package io.magpie.adapter.sharding;

import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.ShelfOpener.Shards;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The entries in several databases of MySQL or MariaDB, each conversation in one of them. Every statement goes
/// through ShardingSphere and is committed by itself; one that names its conversations goes where these are, any
/// other one everywhere. No transaction is over two databases. Any thread that may block.
final class ShardedShelf implements EntryShelf {
    /// The most elements of a list in one statement, and rows of an insert.
    private static final int MOST = 128;

    private static final String SELECT = "SELECT " + Rows.ALL + " FROM entry ";

    /// Few entries have a next, so this is the index to use whatever the conversations hold.
    private static final String SELECT_CHANGING = "SELECT " + Rows.ALL + " FROM entry FORCE INDEX (entry_next) ";

    private final ShardSet shards;
    private final Sql sql;
    private final Rows rows;
    private final Counts counts;

    private ShardedShelf(ShardSet shards, BodyCodec codec) {
        this.shards = shards;
        this.sql = new Sql(shards.entries());
        this.rows = new Rows(codec);
        this.counts = new Counts(sql);
    }

    static ShardedShelf open(Shards settings, BodyCodec codec) {
        var shelf = new ShardedShelf(ShardSet.open(settings), codec);
        try {
            shelf.warm();
            return shelf;
        } catch (RuntimeException e) {
            shelf.close();
            throw e;
        }
    }

    /// The first statement of its kind takes ShardingSphere a second, which a transaction should not wait for.
    private void warm() {
        var nowhere = new Place(0, 0);
        var nothing = List.of(0L);
        var _ = at(List.of(nowhere));
        var _ = sent(List.of(new Sending(0, 0, "")));
        var _ = numbered(nothing);
        var _ = changing(nothing);
        var _ = count(List.of(new Count(0, 1, 1, 0)));
        remove(nothing);
    }

    @Override
    public String kind() {
        return "sharded";
    }

    @Override
    public void claim(String epoch) {
        shards.shards().forEach(shard -> shard.claim(epoch));
    }

    @Override
    public long take(int count) {
        return shards.first().take(count);
    }

    @Override
    public long taken() {
        return shards.first().taken();
    }

    /// In statements of so many rows as powers of two make up the whole.
    @Override
    public boolean add(List<Kept> entries) {
        try {
            for (int from = 0; from < entries.size(); ) {
                int size = Math.min(MOST, Integer.highestOneBit(entries.size() - from));
                var part = entries.subList(from, from + size);
                int _ = sql.run(connection -> insert(connection, part));
                from += size;
            }
            return true;
        } catch (SQLException e) {
            if (Faults.taken(e)) {
                return false;
            }
            throw Sql.unavailable(e);
        }
    }

    private int insert(Connection connection, List<Kept> entries) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        entries.forEach(kept -> rows.write(kept, values));
        var insert = "INSERT INTO entry (" + Rows.NEW + ") VALUES " + Sql.marks(entries.size(), Rows.NEW_MARKS);
        try (var statement = Sql.prepare(connection, insert, values)) {
            return statement.executeUpdate();
        }
    }

    @Override
    public List<Kept> range(long conversation, long from, long to) {
        return sql.list(
                SELECT + "WHERE conversation_id = ? AND seq >= ? AND seq <= ? ORDER BY seq",
                rows::read,
                List.of(conversation, from, to));
    }

    @Override
    public List<Kept> at(Collection<Place> places) {
        return keyed(
                places,
                "conversation_id, seq",
                "(?, ?)",
                Place::conversation,
                place -> List.of(place.conversation(), place.seq()));
    }

    @Override
    public List<Kept> sent(Collection<Sending> sendings) {
        return keyed(
                sendings,
                "conversation_id, sender, client_id",
                "(?, ?, ?)",
                Sending::conversation,
                sending -> List.of(sending.conversation(), sending.sender(), Rows.bytes(sending.clientId())));
    }

    /// ShardingSphere does not look into keys of several columns: the conversations say where to ask.
    private <T> List<Kept> keyed(
            Collection<T> keys,
            String columns,
            String marks,
            Function<T, Long> conversation,
            Function<T, List<Object>> values) {
        var found = new ArrayList<Kept>();
        for (var part : parts(keys)) {
            var conversations =
                    Sql.padded(part.stream().map(conversation).distinct().toList());
            var all = new ArrayList<Object>(conversations);
            Sql.padded(part).forEach(key -> all.addAll(values.apply(key)));
            found.addAll(sql.list(
                    SELECT + "WHERE conversation_id IN (" + Sql.marks(conversations.size(), "?") + ") AND (" + columns
                            + ") IN (" + Sql.marks(part.size(), marks) + ")",
                    rows::read,
                    all));
        }
        return found;
    }

    @Override
    public List<Kept> numbered(Collection<Long> numbers) {
        return listed(SELECT + "WHERE number IN (", numbers);
    }

    @Override
    public List<Kept> between(long after, long to, int limit, boolean largestFirst) {
        return sql.list(
                SELECT + "WHERE number > ? AND number <= ? ORDER BY number " + (largestFirst ? "DESC" : "ASC")
                        + " LIMIT ?",
                rows::read,
                List.of(after, to, limit));
    }

    @Override
    public List<Kept> changing(Collection<Long> conversations) {
        return listed(SELECT_CHANGING + "WHERE next_by > 0 AND conversation_id IN (", conversations);
    }

    @Override
    public List<Integer> count(List<Count> asked) {
        return counts.of(asked);
    }

    @Override
    public boolean propose(Place place, Next next, long instead) {
        return sql.update(
                        "UPDATE entry SET next_by = ?, next_author = ?, next_body = ?"
                                + " WHERE conversation_id = ? AND seq = ? AND next_by = ?",
                        List.of(
                                next.by(),
                                next.author(),
                                rows.write(next.body()),
                                place.conversation(),
                                place.seq(),
                                instead))
                == 1;
    }

    @Override
    public void settle(Kept entry, long by) {
        var changed = entry.changed();
        int _ = sql.update(
                "UPDATE entry SET author = ?, body = ?, next_by = 0, next_author = 0, next_body = NULL"
                        + " WHERE conversation_id = ? AND number = ? AND next_by = ?",
                List.of(changed.author(), rows.write(changed.body()), entry.conversation(), entry.number(), by));
    }

    @Override
    public List<Long> outside(long conversation, long first, long last) {
        return sql.list(
                "SELECT number FROM entry WHERE conversation_id = ? AND (seq < ? OR seq > ?)",
                row -> row.getLong(1),
                List.of(conversation, first, last));
    }

    @Override
    public void remove(Collection<Long> numbers) {
        for (var part : parts(numbers)) {
            int _ = sql.update(
                    "DELETE FROM entry WHERE number IN (" + Sql.marks(part.size(), "?") + ")", Sql.padded(part));
        }
    }

    @Override
    public void removeBefore(long conversation, long first) {
        int _ = sql.update("DELETE FROM entry WHERE conversation_id = ? AND seq < ?", List.of(conversation, first));
    }

    @Override
    public void close() {
        shards.close();
    }

    private List<Kept> listed(String select, Collection<Long> values) {
        var found = new ArrayList<Kept>();
        for (var part : parts(values)) {
            found.addAll(sql.list(select + Sql.marks(part.size(), "?") + ")", rows::read, Sql.padded(part)));
        }
        return found;
    }

    private static <T> List<List<T>> parts(Collection<T> values) {
        var list = List.copyOf(new HashSet<>(values));
        var parts = new ArrayList<List<T>>();
        for (int from = 0; from < list.size(); from += MOST) {
            parts.add(list.subList(from, Math.min(list.size(), from + MOST)));
        }
        return parts;
    }
}
