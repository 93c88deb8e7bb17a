package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.SearchedLog;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.EntryShelf.Kept;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What search reads of a log on a shelf: what is committed of it.
public record ShelfSearched(Db db, EntryShelf shelf, Settling settling) implements SearchedLog {
    @Override
    public long last() {
        return shelf.taken();
    }

    @Override
    public List<Row> following(long after, long last, int limit) throws SQLException {
        var found = new ArrayList<Row>();
        long reached = after;
        while (found.isEmpty()) {
            var page = shelf.between(reached, last, limit, false);
            found.addAll(read(page));
            if (page.size() < limit) {
                break;
            }
            reached = page.getLast().number();
        }
        return found;
    }

    @Override
    public List<Kinded> newest(long after, int limit) throws SQLException {
        var found = new ArrayList<Kinded>();
        long before = Long.MAX_VALUE;
        while (found.size() < limit) {
            var page = shelf.between(after, before, limit - found.size(), true);
            if (page.isEmpty()) {
                break;
            }
            for (var kept : committed(page)) {
                found.add(new Kinded(kept.number(), kept.conversation(), kept.kind()));
            }
            before = page.getLast().number() - 1;
        }
        return found;
    }

    @Override
    public List<Row> rows(Collection<Long> rows) throws SQLException {
        return read(shelf.numbered(rows));
    }

    @Override
    public Set<Long> there(Collection<Long> rows) throws SQLException {
        return committed(shelf.numbered(rows)).stream().map(Kept::number).collect(Collectors.toSet());
    }

    @Override
    public long row(long conversation, long seq) throws SQLException {
        return committed(shelf.at(List.of(new EntryShelf.Place(conversation, seq)))).stream()
                .mapToLong(Kept::number)
                .findFirst()
                .orElse(0);
    }

    @Override
    public long newest(long conversation, long from, long to) throws SQLException {
        var within = Settling.bounds(db, List.of(conversation)).get(conversation);
        if (within == null || Math.max(from, within.first()) > Math.min(to, within.last())) {
            return 0;
        }
        return row(conversation, Math.min(to, within.last()));
    }

    private List<Row> read(List<Kept> found) throws SQLException {
        var bounds = Settling.bounds(db, Settling.conversations(found));
        return settling.settled(Settling.within(bounds, found), bounds).stream()
                .map(kept -> new Row(
                        kept.number(),
                        kept.conversation(),
                        kept.seq(),
                        kept.sender(),
                        kept.sentAt(),
                        kept.clientId(),
                        kept.body()))
                .toList();
    }

    private List<Kept> committed(List<Kept> found) throws SQLException {
        return Settling.within(Settling.bounds(db, Settling.conversations(found)), found);
    }
}
