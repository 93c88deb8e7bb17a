package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Appends;
import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Source;
import io.magpie.adapter.jdbc.sql.SqlLog;
import io.magpie.adapter.jdbc.sql.Statements;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Changes;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.EntryShelf.Kept;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The log whose entries are on a shelf. Each read asks the database first what is committed, and then the shelf for
/// it: what the one says is there and the other does not show is no hole in the log but a shelf that cannot serve.
public final class ShelfLog extends SqlLog {
    private static final int ATTEMPTS = 3;

    /// The most conversations of one statement.
    private static final int MOST = 64;

    private static final String MENTIONED =
            ", EXISTS (SELECT 1 FROM mention WHERE conversation_id = ? AND user_id IN (0, ?) AND seq > ? AND seq <= ?"
                    + " AND author <> ?)";

    private final EntryShelf shelf;
    private final Settling settling;

    public ShelfLog(Source source, EntryShelf shelf, Settling settling, BodyCodec codec, Appends appends) {
        super(source, codec, appends);
        this.shelf = shelf;
        this.settling = settling;
    }

    @Override
    public List<Entry> ascending(ConversationId conversation, long from, long to, int limit) {
        return range(conversation, from, to, limit, false);
    }

    @Override
    public List<Entry> latest(ConversationId conversation, long from, long to, int limit) {
        return range(conversation, from, to, limit, true);
    }

    /// Seqs have no gaps, so what is asked for is known before it is read.
    private List<Entry> range(ConversationId conversation, long from, long to, int limit, boolean latest) {
        for (int attempt = 1; ; attempt++) {
            var bounds = source.run(
                    db -> Settling.bounds(db, byKey(db, List.of(conversation)).keySet()));
            if (bounds.isEmpty() || limit <= 0) {
                return List.of();
            }
            var within = bounds.values().iterator().next();
            long first = Math.max(from, within.first());
            long last = Math.min(to, within.last());
            if (first > last) {
                return List.of();
            }
            if (latest) {
                first = Math.max(first, last - limit + 1);
            } else {
                last = Math.min(last, first + limit - 1);
            }
            var found = settling.settled(shelf.range(within.key(), first, last));
            if (found.size() == last - first + 1) {
                return found.stream().map(kept -> entry(conversation, kept)).toList();
            }
            // Some may have been deleted in between: then the next attempt does not ask for them.
            if (attempt == ATTEMPTS) {
                throw missing(conversation, first, last);
            }
        }
    }

    @Override
    public Optional<Entry> entry(ConversationId conversation, long seq) {
        return ascending(conversation, seq, seq, 1).stream().findFirst();
    }

    @Override
    public Map<ConversationId, Entry> entries(Map<ConversationId, Long> places) {
        for (int attempt = 1; ; attempt++) {
            var bounds = source.run(
                    db -> Settling.bounds(db, byKey(db, places.keySet()).keySet()));
            var asked = new ArrayList<EntryShelf.Place>(places.size());
            bounds.forEach((key, within) -> {
                long seq = places.getOrDefault(within.conversation(), 0L);
                if (within.hold(seq)) {
                    asked.add(new EntryShelf.Place(key, seq));
                }
            });
            var found = settling.settled(shelf.at(asked));
            if (found.size() == asked.size()) {
                return found.stream()
                        .map(kept -> entry(bounds, kept))
                        .collect(Collectors.toMap(Entry::conversation, entry -> entry));
            }
            if (attempt == ATTEMPTS) {
                throw ShelfEntries.unavailable("entries of " + places.keySet() + " are not on the shelf");
            }
        }
    }

    @Override
    public Map<ConversationId, Unread> unread(Collection<UnreadQuery> queries) {
        var conversations = queries.stream().map(UnreadQuery::conversation).toList();
        var bounds =
                source.run(db -> Settling.bounds(db, byKey(db, conversations).keySet()));
        var keys = new HashMap<ConversationId, Long>();
        bounds.forEach((key, within) -> keys.put(within.conversation(), key));
        // What was recalled by now is not counted, whoever recalled it and died.
        var _ = settling.settled(shelf.changing(keys.values()));
        var asked = List.copyOf(queries);
        var counts = shelf.count(asked.stream()
                .map(query -> count(query, keys.getOrDefault(query.conversation(), 0L), bounds))
                .toList());
        var mentioned = mentioned(asked, counts, keys);
        var unread = HashMap.<ConversationId, Unread>newHashMap(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            var conversation = asked.get(i).conversation();
            unread.put(conversation, new Unread(counts.get(i), counts.get(i) > 0 && mentioned.contains(i)));
        }
        return unread;
    }

    private static EntryShelf.Count count(UnreadQuery query, long key, Map<Long, Settling.Bounds> bounds) {
        var within = bounds.get(key);
        return within == null
                ? new EntryShelf.Count(0, 1, 0, query.user())
                : new EntryShelf.Count(
                        key,
                        Math.max(query.afterSeq() + 1, within.first()),
                        Math.min(query.toSeq(), within.last()),
                        query.user());
    }

    /// Which of the queries find a mention; mentions are in the database.
    private Set<Integer> mentioned(List<UnreadQuery> queries, List<Integer> counts, Map<ConversationId, Long> keys) {
        var some = IntStream.range(0, queries.size())
                .filter(i -> counts.get(i) > 0)
                .boxed()
                .toList();
        var found = new HashSet<Integer>();
        for (int from = 0; from < some.size(); from += MOST) {
            var part = some.subList(from, Math.min(some.size(), from + MOST));
            source.run(db -> mentioned(db, queries, part, keys, found));
        }
        return found;
    }

    private static boolean mentioned(
            Db db, List<UnreadQuery> queries, List<Integer> part, Map<ConversationId, Long> keys, Set<Integer> found)
            throws SQLException {
        int size = Statements.rounded(part.size());
        var statement = db.sql()
                .prepare(IntStream.range(0, size)
                        .mapToObj(i -> "SELECT " + i + MENTIONED)
                        .collect(Collectors.joining(" UNION ALL ")));
        for (int i = 0; i < size; i++) {
            var query = queries.get(part.get(Math.min(i, part.size() - 1)));
            statement.setLong(1 + 5 * i, keys.getOrDefault(query.conversation(), 0L));
            statement.setLong(2 + 5 * i, query.user());
            statement.setLong(3 + 5 * i, query.afterSeq());
            statement.setLong(4 + 5 * i, query.toSeq());
            statement.setLong(5 + 5 * i, query.user());
        }
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                if (rows.getInt(1) < part.size() && rows.getBoolean(2)) {
                    found.add(part.get(rows.getInt(1)));
                }
            }
        }
        return true;
    }

    /// Of the newest entry that was given a number: it may be about to be committed.
    @Override
    public long mark() {
        return shelf.taken();
    }

    @Override
    public Changes changes(long mark, int limit) {
        return changes(mark, limit, 0);
    }

    /// In an embedded database everything is one node's, so no row says whose.
    @Override
    public Changes changedBy(long writer, long mark, int limit) {
        return changes(mark, limit, writer);
    }

    /// Page by page, until one has something. The mark stays before what is not committed yet, unless something of
    /// another conversation follows; and what was not committed in one page is not looked for behind the next one.
    ///
    /// @param writer whose conversations; 0 is anybody
    private Changes changes(long mark, int limit, long writer) {
        var waiting = new HashSet<Long>();
        long looked = mark;
        while (true) {
            var page = shelf.between(looked, Long.MAX_VALUE, limit + 1, false);
            if (page.isEmpty()) {
                return new Changes(List.of(), mark, false);
            }
            var bounds = source.run(db -> Settling.bounds(db, Settling.conversations(page)));
            bounds.keySet().removeAll(waiting);
            // Once more: a batch that was being written is there as a whole if its head is.
            var complete = shelf.between(looked, page.getLast().number(), Integer.MAX_VALUE, false);
            var committed = Settling.within(bounds, complete);
            if (!committed.isEmpty()) {
                return changes(committed, bounds, mark, limit, writer, page.size() > limit);
            }
            waiting.addAll(Settling.conversations(complete));
            looked = page.getLast().number();
        }
    }

    private Changes changes(
            List<Kept> committed, Map<Long, Settling.Bounds> bounds, long mark, int limit, long writer, boolean more) {
        var entries = new ArrayList<Entry>();
        long reached = mark;
        for (var kept : settling.settled(committed)) {
            var within = bounds.get(kept.conversation());
            if (within != null && ofWriter(within, writer)) {
                if (entries.size() == limit) {
                    return new Changes(entries, reached, true);
                }
                entries.add(entry(within.conversation(), kept));
            }
            reached = kept.number();
        }
        return new Changes(entries, reached, more);
    }

    private static boolean ofWriter(Settling.Bounds within, long writer) {
        return writer == 0 || within.writer() == 0 || within.writer() == writer;
    }

    private static Entry entry(Map<Long, Settling.Bounds> bounds, Kept kept) {
        var within = bounds.get(kept.conversation());
        if (within == null) {
            throw new IllegalStateException("entry: " + kept.number() + " (expected: one that was asked for)");
        }
        return entry(within.conversation(), kept);
    }

    private static Entry entry(ConversationId conversation, Kept kept) {
        return new Entry(conversation, kept.seq(), kept.sender(), kept.sentAt(), kept.clientId(), kept.body());
    }

    private static RuntimeException missing(ConversationId conversation, long first, long last) {
        return ShelfEntries.unavailable(
                "entries %d to %d of %s are not on the shelf".formatted(first, last, conversation));
    }
}
