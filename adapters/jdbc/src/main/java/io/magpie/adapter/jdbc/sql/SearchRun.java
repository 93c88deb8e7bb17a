package io.magpie.adapter.jdbc.sql;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.Entry;
import io.magpie.core.search.Search;
import io.magpie.core.search.SearchText;
import io.magpie.core.search.Word;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One search, over one state of the index and one, not older, of the log.
///
/// The index says where to look; what is not in it yet is looked at row by row: new messages, and those that were
/// edited. Each row decides for itself, as it stands in the log. Conversations are asked in the order of their newest
/// rows, and no more of them once the page is full of newer ones. One thread.
final class SearchRun {
    private static final int PAGE = 64;

    /// Of one conversation. If so many did not fill the page, the page ends there and the next one goes on.
    private static final int MAX_LOOKS = 512;

    private static final int MESSAGE = Kinds.MESSAGE;
    private static final int EDIT = Kinds.number(new Body.Edit(0, null));

    private final Db db;
    private final WordIndex.View index;
    private final BodyCodec codec;
    private final Search.Query query;
    private final int tail;
    private final long before;
    private final Set<Word.Term> terms;
    private final Map<Long, Search.Range> ranges = new HashMap<>();

    /// The newest so far, one more than asked for.
    private final TreeMap<Long, Entry> hits = new TreeMap<>();

    /// Everything from this row on was looked at.
    private long floor;

    SearchRun(Db db, WordIndex.View index, BodyCodec codec, Search.Query query, int tail) {
        this.db = db;
        this.index = index;
        this.codec = codec;
        this.query = query;
        this.tail = tail;
        this.before = query.before() > 0 ? query.before() : Long.MAX_VALUE;
        this.terms = query.phrase().terms();
    }

    private record Asked(long conversation, long newest) {}

    Search.Found found() throws SQLException {
        long position = index.position();
        var view = db.rows();
        var byId = new HashMap<ConversationId, Search.Range>();
        query.in().forEach(range -> byId.put(range.conversation(), range));
        db.keys().findAll(db.sql(), byId.keySet()).forEach((id, key) -> ranges.put(key, byId.get(id)));
        boolean complete = lookAtTail(view, position);
        for (var asked : newestFirst(view)) {
            if (full() && hits.firstKey() > asked.newest()) {
                break;
            }
            ask(asked);
        }
        return page(complete);
    }

    /// False if there is more that is not indexed than a search looks at.
    private boolean lookAtTail(LogRows view, long position) throws SQLException {
        var messages = new ArrayList<Long>();
        var edits = new ArrayList<Long>();
        var rows = new int[1];
        db.sql()
                .each(
                        "SELECT id, conversation_id, kind FROM entry WHERE id > ? ORDER BY id DESC LIMIT ?",
                        row -> {
                            rows[0]++;
                            int kind = row.getInt(3);
                            if (rows[0] > tail || !ranges.containsKey(row.getLong(2))) {
                                return;
                            }
                            if (kind == MESSAGE) {
                                messages.add(row.getLong(1));
                            } else if (kind == EDIT) {
                                edits.add(row.getLong(1));
                            }
                        },
                        position,
                        tail + 1);
        look(messages);
        look(targets(view, edits));
        return rows[0] <= tail;
    }

    private Set<Long> targets(LogRows view, List<Long> edits) throws SQLException {
        var targets = new TreeSet<Long>();
        for (var chunk : new Chunks<>(edits)) {
            var select =
                    db.sql().prepare("SELECT conversation_id, body FROM entry WHERE id IN (" + chunk.marks() + ")");
            chunk.bind(select, 1);
            try (var found = select.executeQuery()) {
                while (found.next()) {
                    if (codec.decode(found.getBytes(2)) instanceof Body.Edit edit) {
                        targets.add(view.row(found.getLong(1), edit.target()));
                    }
                }
            }
        }
        return targets;
    }

    /// The conversations that have something before `before`, those with the newest row first.
    private List<Asked> newestFirst(LogRows view) throws SQLException {
        var asked = new ArrayList<Asked>(ranges.size());
        for (var one : ranges.entrySet()) {
            var range = one.getValue();
            long newest = view.newest(one.getKey(), range.from(), range.to());
            if (newest != 0) {
                asked.add(new Asked(one.getKey(), Math.min(newest, before - 1)));
            }
        }
        asked.sort(Comparator.comparingLong(Asked::newest).reversed());
        return asked;
    }

    private void ask(Asked asked) throws SQLException {
        long to = before;
        for (int looks = 0; looks < MAX_LOOKS; looks += PAGE) {
            var rows = index.rows(asked.conversation(), query.sender(), terms, to, PAGE);
            look(rows);
            if (rows.size() < PAGE) {
                return;
            }
            to = rows.getLast();
            if (full() && hits.firstKey() >= to) {
                return;
            }
        }
        floor = Math.max(floor, to);
    }

    private void look(Collection<Long> rows) throws SQLException {
        for (var chunk : new Chunks<>(List.copyOf(rows))) {
            var select = db.sql()
                    .prepare(
                            "SELECT id, conversation_id, seq, sender, sent_at, client_id, body FROM entry WHERE id IN ("
                                    + chunk.marks() + ")");
            chunk.bind(select, 1);
            try (var found = select.executeQuery()) {
                while (found.next()) {
                    long row = found.getLong(1);
                    var range = ranges.get(found.getLong(2));
                    if (range != null && row < before && range.holds(found.getLong(3))) {
                        consider(row, entry(found, range.conversation()));
                    }
                }
            }
        }
    }

    /// A clientId is a text in one database and bytes in another.
    private Entry entry(ResultSet row, ConversationId conversation) throws SQLException {
        byte[] clientId = row.getBytes(6);
        return new Entry(
                conversation,
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                clientId == null ? null : new String(clientId, StandardCharsets.UTF_8),
                codec.decode(row.getBytes(7)));
    }

    private void consider(long row, Entry entry) {
        if (query.sender() != 0 && query.sender() != entry.sender()) {
            return;
        }
        var text = SearchText.of(entry.body());
        if (!text.isEmpty() && query.phrase().foundIn(text)) {
            hits.put(row, entry);
            if (hits.size() > query.limit() + 1) {
                hits.pollFirstEntry();
            }
        }
    }

    private boolean full() {
        return hits.size() > query.limit();
    }

    private Search.Found page(boolean complete) {
        var certain = hits.tailMap(floor, true).descendingMap();
        var entries = new ArrayList<Entry>(query.limit());
        long last = 0;
        for (var hit : certain.entrySet()) {
            if (entries.size() == query.limit()) {
                return new Search.Found(entries, last, complete);
            }
            entries.add(hit.getValue());
            last = hit.getKey();
        }
        return new Search.Found(entries, floor, complete);
    }
}
