package io.magpie.core.log;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port: where the entries of the log lie while a database keeps the heads of the conversations. It has no
/// transactions, and needs none: whether an entry counts is decided by the head that the database committed.
///
/// A writer holds the conversation's head in a transaction of the database, puts its entries here behind the last
/// seq, and commits the head that includes them. So an entry here is part of the log if, and only if, its seq is at
/// most the committed last seq. What lies behind it was left by a transaction that did not come to its end, or is
/// about to be committed; the next writer, who holds the head, may remove it.
///
/// An entry whose content changes gets a [Next]: what it will be if the entry that changes it is committed. Whoever
/// finds that it was, makes it so.
///
/// Each method is atomic for one entry, not for several. What a method wrote is durable, and survives the loss of a
/// minority of the engine's machines, when it returns. Everything blocks; any thread but an event loop.
/// [io.magpie.core.store.StoreUnavailableException] if the engine cannot serve: then what was to be written may be
/// there in part.
public interface EntryShelf extends AutoCloseable {
    /// An entry as it lies here.
    ///
    /// @param number never given twice; larger for what was given later
    /// @param conversation the database's key of the conversation
    /// @param author as unread counts it: 0 for what nobody counts
    /// @param kind what the body is, in the database's words
    record Kept(
            long number,
            long conversation,
            long seq,
            long author,
            int kind,
            long sender,
            @Nullable String clientId,
            long sentAt,
            Body body,
            @Nullable Next next) {
        /// As it is once its change has happened.
        public Kept changed() {
            return next == null
                    ? this
                    : new Kept(
                            number,
                            conversation,
                            seq,
                            next.author(),
                            kind,
                            sender,
                            clientId,
                            sentAt,
                            next.body(),
                            null);
        }
    }

    /// What an entry becomes as soon as another one of its conversation is part of the log.
    ///
    /// @param by the number of that other one
    record Next(long by, long author, Body body) {}

    record Place(long conversation, long seq) {}

    record Sending(long conversation, long sender, String clientId) {}

    /// Asks how many entries of others lie in `from <= seq <= to`.
    record Count(long conversation, long from, long to, long user) {}

    /// What it is, as `history.in` calls it.
    String kind();

    /// Makes this the shelf of the store with this epoch.
    ///
    /// @throws io.magpie.core.store.StoreUnavailableException if it is another one's
    void claim(String epoch);

    /// Takes `count` numbers and answers the first of them.
    long take(int count);

    /// The largest number taken.
    long taken();

    /// Adds entries. False if the place, or the sender's clientId, of one of them is taken; then others of them may
    /// have been added.
    boolean add(List<Kept> entries);

    /// The entries with `from <= seq <= to`, ascending.
    List<Kept> range(long conversation, long from, long to);

    List<Kept> at(Collection<Place> places);

    List<Kept> sent(Collection<Sending> sendings);

    List<Kept> numbered(Collection<Long> numbers);

    /// The entries with `after < number <= to`, the smallest numbers or the largest first.
    List<Kept> between(long after, long to, int limit, boolean largestFirst);

    /// The entries of these conversations that have a [Next].
    List<Kept> changing(Collection<Long> conversations);

    /// One answer for each: at most [Unread#CAP].
    List<Integer> count(List<Count> counts);

    /// Gives the entry a [Next] in place of the one by `instead`; 0 stands for none. False if that is not what it
    /// has, or if there is no entry.
    boolean propose(Place place, Next next, long instead);

    /// Makes the entry what its [Next] by `by` says; does nothing if it has no such one.
    void settle(Kept entry, long by);

    /// The numbers of what lies before `first` or behind `last`.
    List<Long> outside(long conversation, long first, long last);

    void remove(Collection<Long> numbers);

    /// Removes what lies before `first`, which was committed.
    void removeBefore(long conversation, long first);

    @Override
    void close();
}
