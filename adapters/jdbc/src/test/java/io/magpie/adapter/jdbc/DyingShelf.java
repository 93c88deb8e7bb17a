package io.magpie.adapter.jdbc;

import io.magpie.core.log.EntryShelf;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// A shelf in a process that dies before or after one of its writes: what follows in that process does not happen.
final class DyingShelf implements EntryShelf {
    /// What nobody catches.
    static final class DeathError extends Error {
        private static final long serialVersionUID = 1;
    }

    private final EntryShelf shelf;
    private int halvesToLive;
    private boolean dead;

    /// @param halves twice the number of writes that it survives, one more to die after the next instead of before
    DyingShelf(EntryShelf shelf, int halves) {
        this.shelf = shelf;
        this.halvesToLive = halves;
    }

    boolean dead() {
        return dead;
    }

    private <T> T call(Supplier<T> call) {
        if (dead || halvesToLive == 0) {
            throw death();
        }
        T answer = call.get();
        halvesToLive--;
        if (halvesToLive == 0) {
            throw death();
        }
        halvesToLive--;
        return answer;
    }

    private EntryShelf alive() {
        if (dead) {
            throw death();
        }
        return shelf;
    }

    private DeathError death() {
        dead = true;
        return new DeathError();
    }

    @Override
    public String kind() {
        return alive().kind();
    }

    @Override
    public void claim(String epoch) {
        shelf.claim(epoch);
    }

    @Override
    public long take(int count) {
        return call(() -> shelf.take(count));
    }

    @Override
    public long taken() {
        return shelf.taken();
    }

    @Override
    public boolean add(List<Kept> entries) {
        return call(() -> shelf.add(entries));
    }

    @Override
    public List<Kept> range(long conversation, long from, long to) {
        return alive().range(conversation, from, to);
    }

    @Override
    public List<Kept> at(Collection<Place> places) {
        return alive().at(places);
    }

    @Override
    public List<Kept> sent(Collection<Sending> sendings) {
        return alive().sent(sendings);
    }

    @Override
    public List<Kept> numbered(Collection<Long> numbers) {
        return alive().numbered(numbers);
    }

    @Override
    public List<Kept> between(long after, long to, int limit, boolean largestFirst) {
        return alive().between(after, to, limit, largestFirst);
    }

    @Override
    public List<Kept> changing(Collection<Long> conversations) {
        return alive().changing(conversations);
    }

    @Override
    public List<Integer> count(List<Count> counts) {
        return alive().count(counts);
    }

    @Override
    public boolean propose(Place place, Next next, long instead) {
        return call(() -> shelf.propose(place, next, instead));
    }

    @Override
    public void settle(Kept entry, long by) {
        boolean _ = call(() -> {
            shelf.settle(entry, by);
            return true;
        });
    }

    @Override
    public List<Long> outside(long conversation, long first, long last) {
        return alive().outside(conversation, first, last);
    }

    @Override
    public void remove(Collection<Long> numbers) {
        boolean _ = call(() -> {
            shelf.remove(numbers);
            return true;
        });
    }

    @Override
    public void removeBefore(long conversation, long first) {
        boolean _ = call(() -> {
            shelf.removeBefore(conversation, first);
            return true;
        });
    }

    @Override
    public void close() {
        shelf.close();
    }
}
