package io.magpie.adapter.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.DuplicateKeyException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.Unread;
import io.magpie.core.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;

/// The entries in a database of MongoDB: one document each in `entry`, and two in `state`. Every write is a write of
/// single documents under unique indexes, acknowledged by the journals of a majority; sessions, transactions and
/// change streams are not used. Any thread that may block.
public final class MongoShelf implements EntryShelf {
    private static final String NUMBERS = "numbers";
    private static final String EPOCH = "epoch";
    private static final String VALUE = "value";

    /// The most conversations of one aggregate.
    private static final int MOST_COUNTS = 64;

    private final MongoClient client;
    private final MongoCollection<Document> entries;
    private final MongoCollection<Document> state;
    private final Documents documents;

    private MongoShelf(MongoClient client, String database, BodyCodec codec) {
        this.client = client;
        this.entries = client.getDatabase(database).getCollection("entry");
        this.state = client.getDatabase(database).getCollection("state");
        this.documents = new Documents(codec);
    }

    /// Connects and makes the indexes.
    ///
    /// @throws StoreUnavailableException if MongoDB cannot be reached or used
    public static MongoShelf open(MongoSettings settings, BodyCodec codec) {
        var client = settings.connect();
        try {
            var shelf = new MongoShelf(client, settings.database(), codec);
            shelf.prepare();
            return shelf;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void prepare() {
        run(() -> {
            entries.createIndex(
                    Indexes.ascending(Documents.CONVERSATION, Documents.SEQ), new IndexOptions().unique(true));
            entries.createIndex(
                    Indexes.ascending(Documents.SENDING),
                    new IndexOptions().unique(true).sparse(true));
            entries.createIndex(Indexes.ascending(Documents.NEXT_BY), new IndexOptions().sparse(true));
            return true;
        });
    }

    @Override
    public String kind() {
        return "mongodb";
    }

    @Override
    public void claim(String epoch) {
        run(() -> {
            try {
                state.updateOne(
                        eq(Documents.NUMBER, EPOCH),
                        Updates.setOnInsert(VALUE, epoch),
                        new UpdateOptions().upsert(true));
            } catch (MongoWriteException e) {
                // Another node was a moment earlier.
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
            var found = state.find(eq(Documents.NUMBER, EPOCH)).first();
            if (found == null || !epoch.equals(found.getString(VALUE))) {
                throw new StoreUnavailableException(
                        "mongo.database: " + entries.getNamespace().getDatabaseName()
                                + " holds the history of another store (expected: an empty one, or that of this store)",
                        new IllegalStateException(EPOCH));
            }
            return true;
        });
    }

    @Override
    public long take(int count) {
        return run(() -> {
            var options = new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
            var after =
                    state.findOneAndUpdate(eq(Documents.NUMBER, NUMBERS), Updates.inc(VALUE, (long) count), options);
            if (after == null) {
                throw new IllegalStateException("state: none after an upsert");
            }
            return Documents.number(after, VALUE) - count + 1;
        });
    }

    @Override
    public long taken() {
        return run(() -> {
            var found = state.find(eq(Documents.NUMBER, NUMBERS)).first();
            return found == null ? 0 : Documents.number(found, VALUE);
        });
    }

    @Override
    public boolean add(List<Kept> added) {
        return run(() -> {
            try {
                entries.insertMany(
                        added.stream().map(documents::write).toList(), new InsertManyOptions().ordered(false));
                return true;
            } catch (MongoBulkWriteException e) {
                if (e.getWriteConcernError() == null
                        && e.getWriteErrors().stream()
                                .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY)) {
                    return false;
                }
                throw e;
            } catch (DuplicateKeyException _) {
                return false;
            }
        });
    }

    @Override
    public List<Kept> range(long conversation, long from, long to) {
        return list(entries.find(places(conversation, from, to)).sort(Sorts.ascending(Documents.SEQ)));
    }

    @Override
    public List<Kept> at(Collection<Place> places) {
        return places.isEmpty()
                ? List.of()
                : list(entries.find(or(places.stream()
                        .map(place -> places(place.conversation(), place.seq(), place.seq()))
                        .toList())));
    }

    @Override
    public List<Kept> sent(Collection<Sending> sendings) {
        return sendings.isEmpty()
                ? List.of()
                : list(entries.find(in(
                        Documents.SENDING,
                        sendings.stream().map(Documents::sending).toList())));
    }

    @Override
    public List<Kept> numbered(Collection<Long> numbers) {
        return numbers.isEmpty() ? List.of() : list(entries.find(in(Documents.NUMBER, numbers)));
    }

    @Override
    public List<Kept> between(long after, long to, int limit, boolean largestFirst) {
        var order = largestFirst ? Sorts.descending(Documents.NUMBER) : Sorts.ascending(Documents.NUMBER);
        return list(entries.find(and(gt(Documents.NUMBER, after), lte(Documents.NUMBER, to)))
                .sort(order)
                .limit(limit));
    }

    @Override
    public List<Kept> changing(Collection<Long> conversations) {
        return conversations.isEmpty()
                ? List.of()
                : list(entries.find(and(exists(Documents.NEXT_BY), in(Documents.CONVERSATION, conversations))));
    }

    @Override
    public List<Integer> count(List<Count> counts) {
        return run(() -> {
            var found = new ArrayList<Integer>(counts.size());
            for (int from = 0; from < counts.size(); from += MOST_COUNTS) {
                countSome(counts.subList(from, Math.min(counts.size(), from + MOST_COUNTS)), found);
            }
            return found;
        });
    }

    /// Those that cannot go beyond the cap together, each of the others alone.
    private void countSome(List<Count> counts, List<Integer> found) {
        var small = new HashMap<Long, Count>();
        for (var count : counts) {
            if (count.from() <= count.to() && count.to() - count.from() < Unread.CAP) {
                small.putIfAbsent(count.conversation(), count);
            }
        }
        var together = new HashMap<Long, Integer>();
        if (!small.isEmpty()) {
            var live = small.values().stream().map(MongoShelf::live).toList();
            for (var row : entries.aggregate(List.of(
                    Aggregates.match(or(live)),
                    Aggregates.group("$" + Documents.CONVERSATION, Accumulators.sum(VALUE, 1))))) {
                together.put(Documents.number(row, Documents.NUMBER), (int) Documents.number(row, VALUE));
            }
        }
        for (var count : counts) {
            if (count.from() > count.to()) {
                found.add(0);
            } else if (count.equals(small.get(count.conversation()))) {
                found.add(together.getOrDefault(count.conversation(), 0));
            } else {
                found.add((int) entries.countDocuments(live(count), new CountOptions().limit(Unread.CAP)));
            }
        }
    }

    @Override
    public boolean propose(Place place, Next next, long instead) {
        var before = instead == 0 ? exists(Documents.NEXT_BY, false) : eq(Documents.NEXT_BY, instead);
        return run(() -> entries.updateOne(
                                and(places(place.conversation(), place.seq(), place.seq()), before),
                                Updates.set(Documents.NEXT, documents.write(next)))
                        .getMatchedCount()
                == 1);
    }

    @Override
    public void settle(Kept entry, long by) {
        var changed = entry.changed();
        run(() -> entries.updateOne(
                and(eq(Documents.NUMBER, entry.number()), eq(Documents.NEXT_BY, by)),
                Updates.combine(
                        Updates.set(Documents.AUTHOR, changed.author()),
                        Updates.set(Documents.BODY, documents.write(changed.body())),
                        Updates.unset(Documents.NEXT))));
    }

    @Override
    public List<Long> outside(long conversation, long first, long last) {
        return run(() -> {
            var numbers = new ArrayList<Long>();
            entries.find(and(
                            eq(Documents.CONVERSATION, conversation),
                            or(lt(Documents.SEQ, first), gt(Documents.SEQ, last))))
                    .projection(Projections.include(Documents.NUMBER))
                    .forEach(found -> numbers.add(Documents.number(found, Documents.NUMBER)));
            return numbers;
        });
    }

    @Override
    public void remove(Collection<Long> numbers) {
        if (!numbers.isEmpty()) {
            run(() -> entries.deleteMany(in(Documents.NUMBER, numbers)));
        }
    }

    @Override
    public void removeBefore(long conversation, long first) {
        run(() -> entries.deleteMany(and(eq(Documents.CONVERSATION, conversation), lt(Documents.SEQ, first))));
    }

    @Override
    public void close() {
        client.close();
    }

    private static Bson places(long conversation, long from, long to) {
        return from == to
                ? and(eq(Documents.CONVERSATION, conversation), eq(Documents.SEQ, from))
                : and(eq(Documents.CONVERSATION, conversation), gte(Documents.SEQ, from), lte(Documents.SEQ, to));
    }

    private static Bson live(Count count) {
        return and(
                places(count.conversation(), count.from(), count.to()),
                nin(Documents.AUTHOR, List.of(0L, count.user())));
    }

    private List<Kept> list(FindIterable<Document> found) {
        return run(() -> {
            var kept = new ArrayList<Kept>();
            found.forEach(document -> kept.add(documents.read(document)));
            return kept;
        });
    }

    private static <T> T run(Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            throw new StoreUnavailableException("mongo: " + e.getMessage(), e);
        }
    }
}
