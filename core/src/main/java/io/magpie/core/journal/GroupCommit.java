package io.magpie.core.journal;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.BodySize;
import io.magpie.core.log.Draft;
import io.magpie.core.log.EntryLog;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.session.Weight;
import io.magpie.core.store.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Commits drafts in the order they were posted, all that gathered since the last commit in one transaction: an
/// idle server answers at once, a busy one shares each fsync among hundreds of senders.
///
/// What waits is bounded in bytes; beyond the bound a posting is answered `unavailable` at once. [#post] from any
/// thread, never blocks. A conversation has one of the writer threads to itself, where its receipts and delivery run,
/// so the order of its entries is the order of their pushes. Where a commit mostly waits for a database, several
/// writers store more; where it keeps a core busy, one does.
public final class GroupCommit {
    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

    /// More rows than this make a commit slower without making it cheaper per row.
    private static final int MAX_BATCH = 1024;

    private static final long WAITING_BYTES = 64L << 20;
    private static final long RETRY_MS = 1000;

    /// Neighbouring ids have neighbouring hashes; any large odd number does.
    private static final int SPREAD = 0x9e3779b1;

    private final EntryLog log;
    private final AfterCommit afterCommit;
    private final InstantSource clock;
    private final JournalStats stats;
    private final List<Writer> writers;
    private volatile boolean closing;

    /// @param writers how many threads commit at the same time
    public GroupCommit(EntryLog log, AfterCommit afterCommit, InstantSource clock, JournalStats stats, int writers) {
        this.log = log;
        this.afterCommit = afterCommit;
        this.clock = clock;
        this.stats = stats;
        this.writers = IntStream.range(0, writers).mapToObj(Writer::new).toList();
    }

    public void start() {
        writers.forEach(writer -> writer.thread.start());
    }

    /// Takes the posting; its receipt is called exactly once, maybe before this returns.
    public void post(Posting posting) {
        long size = size(posting.draft());
        if (closing) {
            refuse(List.of(posting), "the server is stopping");
            return;
        }
        if (stats.waitingBytes.addAndGet(size) > WAITING_BYTES) {
            stats.waitingBytes.addAndGet(-size);
            stats.overloads.increment();
            refuse(List.of(posting), "too many messages are waiting for the store");
            return;
        }
        writer(posting.draft().conversation()).add(posting);
    }

    /// Posts and waits for the result. Blocks; never on a lane nor on the writer.
    public AppendResult append(Draft draft, Weight weight) {
        var result = new CompletableFuture<AppendResult>();
        post(new Posting(draft, weight, null, (settled, _) -> result.complete(settled)));
        return result.join();
    }

    /// Commits what was posted before, then stops.
    public void stop() throws InterruptedException {
        closing = true;
        writers.forEach(writer -> LockSupport.unpark(writer.thread));
        for (var writer : writers) {
            writer.thread.join();
        }
    }

    private Writer writer(ConversationId conversation) {
        return writers.size() == 1
                ? writers.getFirst()
                : writers.get(
                        (int) ((writers.size() * Integer.toUnsignedLong(conversation.hashCode() * SPREAD)) >>> 32));
    }

    private void commit(List<Posting> batch) {
        long began = System.nanoTime();
        try {
            settle(batch, log.append(batch.stream().map(Posting::draft).toList(), clock.millis()));
            stats.commits.increment();
            stats.drafts.add(batch.size());
            stats.commitNanos.add(System.nanoTime() - began);
        } catch (StoreUnavailableException e) {
            stats.failures.increment();
            LOG.log(Level.WARNING, "commit of {0} entries failed: {1}", batch.size(), e.getMessage());
            refuse(List.copyOf(batch), "the store cannot write now");
        } catch (RuntimeException e) {
            stats.failures.increment();
            isolate(batch, e);
        }
    }

    /// One bad draft must not fail its neighbours: each gets a commit of its own.
    private void isolate(List<Posting> batch, RuntimeException fault) {
        if (batch.size() == 1) {
            LOG.log(Level.ERROR, "an entry of " + batch.getFirst().draft().conversation() + " cannot be stored", fault);
            settle(
                    batch,
                    List.of(new AppendResult.Refused(
                            new Rejection(ErrorCode.INTERNAL, "the entry cannot be stored", RETRY_MS))));
            return;
        }
        for (Posting posting : List.copyOf(batch)) {
            commit(List.of(posting));
        }
    }

    private void settle(List<Posting> batch, List<AppendResult> results) {
        var settled = new ArrayList<Settled>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            settled.add(new Settled(batch.get(i), results.get(i)));
        }
        afterCommit.settled(settled);
    }

    private void refuse(List<Posting> postings, String message) {
        var refused = new AppendResult.Refused(new Rejection(ErrorCode.UNAVAILABLE, message, RETRY_MS));
        afterCommit.settled(postings.stream().map(p -> new Settled(p, refused)).toList());
    }

    /// What a waiting draft costs, roughly: its text is most of it.
    private static long size(Draft draft) {
        return 256L + BodySize.of(draft.body());
    }

    /// Commits what is posted to it, in that order, on a thread of its own.
    private final class Writer {
        private final ConcurrentLinkedQueue<Posting> waiting = new ConcurrentLinkedQueue<>();
        private final Thread thread;
        private volatile boolean idle;

        Writer(int number) {
            this.thread = Thread.ofPlatform().name("log-writer-" + number).unstarted(this::run);
        }

        void add(Posting posting) {
            waiting.add(posting);
            if (idle) {
                LockSupport.unpark(thread);
            }
        }

        private void run() {
            var batch = new ArrayList<Posting>(MAX_BATCH);
            while (true) {
                boolean last = closing;
                gather(batch);
                if (!batch.isEmpty()) {
                    commit(batch);
                    batch.clear();
                } else if (last) {
                    return;
                } else {
                    await();
                }
            }
        }

        private void gather(List<Posting> batch) {
            long bytes = 0;
            while (batch.size() < MAX_BATCH) {
                var posting = waiting.poll();
                if (posting == null) {
                    break;
                }
                bytes += size(posting.draft());
                batch.add(posting);
            }
            stats.waitingBytes.addAndGet(-bytes);
        }

        private void await() {
            idle = true;
            if (waiting.isEmpty() && !closing) {
                LockSupport.park(this);
            }
            idle = false;
        }
    }
}
