package io.magpie.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.Store;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.store.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedTransactionsTest {
    private final OneByOne store = new OneByOne();
    private final Journal journal = new Journal(store, new AfterCommit() {
        @Override
        public void committed(List<Entry> entries) {
            throw new AssertionError("nobody appends here");
        }

        @Override
        public void settled(List<Settled> batch) {
            throw new AssertionError("nobody posts here");
        }
    });
    private final List<Object> results = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aLoneWorkIsCommittedAtOnce() {
        store.open();
        assertThat(journal.<Integer>share(_ -> store.ran(7))).isEqualTo(7);
        assertThat(store.sizes).containsExactly(1);
    }

    @Test
    void worksThatComeDuringACommitShareTheNext() throws InterruptedException {
        crowd(600, i -> journal.share(_ -> store.ran(i)));
        assertThat(results).hasSize(600).doesNotHaveDuplicates();
        assertThat(store.sizes).containsExactly(1, 256, 256, 87);
    }

    @Test
    void aWorkThatFailsHarmsNoNeighbour() throws InterruptedException {
        crowd(
                20,
                i -> journal.share(_ -> {
                    if (i == 13) {
                        throw new IllegalStateException("13 is no number for this");
                    }
                    return store.ran(i);
                }));
        assertThat(results).filteredOn(Integer.class::isInstance).hasSize(19).doesNotHaveDuplicates();
        assertThat(results)
                .filteredOn(IllegalStateException.class::isInstance)
                .singleElement()
                .hasToString("java.lang.IllegalStateException: 13 is no number for this");
    }

    @Test
    void aStoreThatCannotCommitFailsAllThatShared() throws InterruptedException {
        store.failing = true;
        crowd(20, i -> journal.share(_ -> i));
        assertThat(results).hasSize(20).allMatch(StoreUnavailableException.class::isInstance);
        assertThat(store.sizes).as("no second try for each").hasSize(2);
        store.failing = false;
        assertThat(journal.<Integer>share(_ -> 7)).isEqualTo(7);
    }

    @Test
    void anErrorReachesItsOwnerAndNobodyHangs() {
        store.open();
        assertThatThrownBy(() -> journal.share(_ -> {
                    throw new AssertionError("a fault of the work");
                }))
                .hasRootCauseMessage("a fault of the work");
    }

    /// All but the first come while the first one commits.
    private void crowd(int people, Function<Integer, Integer> share) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < people; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> results.add(outcome(() -> share.apply(number)))));
            while (threads.getLast().getState() != Thread.State.WAITING || !store.busy) {
                Thread.sleep(1);
            }
        }
        store.open();
        for (var thread : threads) {
            thread.join();
        }
    }

    private static Object outcome(Supplier<Integer> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return e;
        }
    }

    /// Knows how many works each transaction ran; none begins before it is opened.
    private static final class OneByOne implements Store {
        private static final Transaction NOTHING = new Transaction() {
            @Override
            public <E> E on(Class<E> edits) {
                throw new AssertionError("nothing is edited here");
            }

            @Override
            public AppendResult append(Draft draft, long now) {
                throw new AssertionError("nothing is appended here");
            }
        };
        private final CountDownLatch opened = new CountDownLatch(1);
        private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean failing;
        private volatile boolean busy;
        private int ran;

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        void open() {
            opened.countDown();
        }

        int ran(int result) {
            ran++;
            return result;
        }

        @Override
        public String epoch() {
            return "e";
        }

        @Override
        public <T> Committed<T> transact(Function<Transaction, Outcome<T>> work) {
            busy = true;
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ran = 0;
            var outcome = work.apply(NOTHING);
            sizes.add(ran);
            if (failing) {
                throw new StoreUnavailableException("full", new IllegalStateException());
            }
            return new Committed<>(outcome, List.of());
        }
    }
}
