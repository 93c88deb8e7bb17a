package io.magpie.core.journal;

import io.magpie.core.outcome.Outcome;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Puts small works that come at the same time into one transaction: while one batch is committed the next one
/// gathers. Bounded by the threads that wait here, each with one work. One thread commits, and only while there is
/// something to commit.
final class SharedTransactions {
    /// A transaction holds the writer, so it must not grow with the crowd.
    private static final int MAX_BATCH = 256;

    private final Journal journal;
    private final ConcurrentLinkedQueue<Work<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean committing = new AtomicBoolean();

    SharedTransactions(Journal journal) {
        this.journal = journal;
    }

    <T> T run(Function<Transaction, T> task) {
        var mine = new Work<>(task);
        waiting.add(mine);
        if (committing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("shared-commit").start(this::commitAll);
        }
        try {
            return mine.outcome.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }

    /// Until nothing waits. Whoever adds a work either finds this at it or begins it anew.
    private void commitAll() {
        do {
            for (var batch = gather(); !batch.isEmpty(); batch = gather()) {
                commit(batch);
            }
            committing.set(false);
        } while (!waiting.isEmpty() && committing.compareAndSet(false, true));
    }

    private List<Work<?>> gather() {
        var batch = new ArrayList<Work<?>>();
        for (var work = waiting.poll(); work != null; work = batch.size() < MAX_BATCH ? waiting.poll() : null) {
            batch.add(work);
        }
        return batch;
    }

    private void commit(List<Work<?>> batch) {
        try {
            journal.transact(tx -> {
                batch.forEach(work -> work.run(tx));
                return Outcome.done(batch.size());
            });
            batch.forEach(Work::committed);
        } catch (StoreUnavailableException e) {
            batch.forEach(work -> work.outcome.completeExceptionally(e));
        } catch (RuntimeException | Error e) {
            isolate(batch, e);
        }
    }

    /// One work that fails must not fail its neighbours: each gets a transaction of its own.
    private void isolate(List<Work<?>> batch, Throwable fault) {
        if (batch.size() == 1) {
            batch.getFirst().outcome.completeExceptionally(fault);
            return;
        }
        batch.forEach(work -> commit(List.of(work)));
    }

    private static final class Work<T> {
        private final Function<Transaction, T> task;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private Runnable commit = () -> {};

        Work(Function<Transaction, T> task) {
            this.task = task;
        }

        void run(Transaction tx) {
            T result = task.apply(tx);
            commit = () -> outcome.complete(result);
        }

        void committed() {
            commit.run();
        }
    }
}
