package io.magpie.adapter.jdbc.database;

import io.magpie.adapter.jdbc.sql.Db;
import io.magpie.adapter.jdbc.sql.Kinds;
import io.magpie.adapter.jdbc.sql.Tail;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.EntryShelf.Kept;
import io.magpie.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The entries of one batch on a shelf: written there before the heads that include them are committed, and changed
/// only by what has to be committed first. What an unfinished transaction left where these entries come is removed.
///
/// This transaction may have lost the heads without knowing it, and others go on. They take their numbers after
/// that; so once it has made sure, after taking its own, that it holds the heads, whatever has a number up to its
/// own largest one is not theirs, and it removes and replaces nothing else.
final class ShelfEntries implements EntryRows {
    private static final int ATTEMPTS = 3;

    /// From the first number taken to the commit ten seconds may pass, see [Timeouts]; the rest is for the database.
    private static final long WRITING_NANOS = TimeUnit.SECONDS.toNanos(Timeouts.IDLE_S);

    private final Db db;
    private final EntryShelf shelf;
    private final Settling settling;
    private final Map<Long, Tail> heads = new HashMap<>();
    private final Map<Place, Long> numbers = new HashMap<>();
    private long largest;
    private long began;

    ShelfEntries(Db db, EntryShelf shelf, Settling settling) {
        this.db = db;
        this.shelf = shelf;
        this.settling = settling;
    }

    @Override
    public Map<Sending, AppendResult.Stored> repeats(Heads locked, List<Draft> drafts) {
        var asked = new LinkedHashSet<EntryShelf.Sending>();
        for (var draft : drafts) {
            var head = locked.of(draft.conversation());
            heads.put(head.key, head);
            if (draft.clientId() != null && head.lastSeq > 0) {
                asked.add(new EntryShelf.Sending(head.key, draft.sender(), draft.clientId()));
            }
        }
        return shelf.sent(asked).stream()
                .filter(this::counts)
                .collect(Collectors.toMap(
                        kept -> new Sending(kept.conversation(), kept.sender(), String.valueOf(kept.clientId())),
                        kept -> new AppendResult.Stored(kept.seq(), kept.sentAt(), true)));
    }

    @Override
    public Map<Place, Target> at(Set<Place> places) {
        var asked = places.stream()
                .map(place -> new EntryShelf.Place(place.key(), place.seq()))
                .toList();
        return inThisTransaction(settling.settled(shelf.at(asked))).stream()
                .filter(this::counts)
                .collect(Collectors.toMap(
                        kept -> new Place(kept.conversation(), kept.seq()),
                        kept -> new Target(kept.sender(), kept.sentAt(), kept.body())));
    }

    /// What still waits was changed by this transaction, or by one that never comes to its end.
    private List<Kept> inThisTransaction(List<Kept> settled) {
        var changers = Settling.changers(settled);
        if (changers.isEmpty()) {
            return settled;
        }
        var own = shelf.numbered(changers).stream()
                .filter(this::counts)
                .map(Kept::number)
                .collect(Collectors.toSet());
        return settled.stream()
                .map(kept -> kept.next() != null && own.contains(kept.next().by()) ? kept.changed() : kept)
                .toList();
    }

    private boolean counts(Kept kept) {
        var head = heads.get(kept.conversation());
        return head != null && kept.seq() >= head.firstSeq && kept.seq() <= head.lastSeq;
    }

    @Override
    public void insert(Map<Place, BatchEntries.Added> added) throws SQLException {
        began = System.nanoTime();
        long number = shelf.take(added.size());
        largest = number + added.size() - 1;
        var entries = new ArrayList<Kept>(added.size());
        var firsts = new HashMap<Long, Long>();
        for (var row : added.entrySet()) {
            var place = row.getKey();
            var entry = row.getValue().entry;
            numbers.put(place, number);
            firsts.merge(place.key(), place.seq(), Math::min);
            entries.add(new Kept(
                    number++,
                    place.key(),
                    place.seq(),
                    Kinds.author(entry.body(), entry.sender()),
                    Kinds.number(entry.body()),
                    entry.sender(),
                    row.getValue().draft.clientId(),
                    entry.sentAt(),
                    entry.body(),
                    null));
        }
        for (int attempt = 1; !shelf.add(entries); attempt++) {
            if (attempt == ATTEMPTS) {
                throw unavailable("places of new entries are taken again and again");
            }
            makeSure();
            firsts.forEach((key, first) -> clear(key, first - 1));
        }
        inTime();
    }

    /// Of what this transaction did not find in the log, whose head it holds, nothing ever comes into it; nor of
    /// what was deleted.
    private void clear(long key, long last) {
        var head = heads.get(key);
        shelf.remove(shelf.outside(key, head == null ? 1 : head.firstSeq, last).stream()
                .filter(number -> number <= largest)
                .toList());
    }

    /// That the heads are held: a transaction that was lost takes no statement.
    private void makeSure() throws SQLException {
        long _ = db.sql().number("SELECT 1");
    }

    @Override
    public void change(Map<Place, Target> changed, Map<Place, Place> changers) throws SQLException {
        for (var change : changed.entrySet()) {
            var place =
                    new EntryShelf.Place(change.getKey().key(), change.getKey().seq());
            var target = change.getValue();
            long by = numbers.getOrDefault(changers.get(change.getKey()), 0L);
            var next = new EntryShelf.Next(by, Kinds.author(target.body(), target.sender()), target.body());
            if (!shelf.propose(place, next, 0)) {
                proposeAgain(place, next);
            }
            settling.note(place.conversation());
        }
        inTime();
    }

    /// Something waits there already: what has happened is settled, the rest gives way.
    private void proposeAgain(EntryShelf.Place place, EntryShelf.Next next) throws SQLException {
        makeSure();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            for (var kept : settling.settled(shelf.at(List.of(place)))) {
                long instead = kept.next() == null ? 0 : kept.next().by();
                if (instead <= largest && shelf.propose(place, next, instead)) {
                    return;
                }
            }
        }
        throw unavailable("an entry is changed again and again, or is not there");
    }

    private void inTime() {
        if (System.nanoTime() - began > WRITING_NANOS) {
            throw unavailable("it took too long");
        }
    }

    static StoreUnavailableException unavailable(String why) {
        return new StoreUnavailableException("log: " + why, new IllegalStateException(why));
    }
}
