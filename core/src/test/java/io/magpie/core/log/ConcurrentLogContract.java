package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every [EntryLog] must do while several threads use it.
public abstract class ConcurrentLogContract extends LogFixture {
    private static final int WRITERS = 4;
    private static final int BATCHES = 40;
    private static final int BATCH = 5;

    @Test
    void f5ReadersNeverSeeAnEntryBeforeTheOneBeforeIt() throws InterruptedException, ExecutionException {
        var writing = new AtomicInteger(WRITERS);
        List<Long> seqs;
        try (var threads = Executors.newCachedThreadPool()) {
            var writers = new ArrayList<Future<List<Long>>>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.add(threads.submit(() -> write(number, writing)));
            }
            var readers = new ArrayList<Future<Boolean>>();
            List<Callable<Boolean>> kinds = List.of(() -> tail(writing), () -> heads(writing), () -> changes(writing));
            kinds.forEach(kind -> readers.add(threads.submit(kind)));
            seqs = new ArrayList<>();
            for (var writer : writers) {
                var own = writer.get();
                assertThat(own).isSorted();
                seqs.addAll(own);
            }
            for (var reader : readers) {
                assertThat(reader.get()).isTrue();
            }
        }
        assertThat(seqs).hasSize(WRITERS * BATCHES * BATCH).doesNotHaveDuplicates();
        assertThat(seqs.stream().mapToLong(seq -> seq).max()).hasValue(seqs.size());
    }

    private List<Long> write(int writer, AtomicInteger writing) {
        try {
            var seqs = new ArrayList<Long>();
            for (int i = 0; i < BATCHES; i++) {
                var batch = new ArrayList<Draft>();
                for (int j = 0; j < BATCH; j++) {
                    batch.add(draft(PAIR, 1 + writer % 2, writer + "/" + i + "/" + j));
                }
                ports().log().append(batch, NOW).forEach(result -> seqs.add(seq(result)));
            }
            return seqs;
        } finally {
            writing.decrementAndGet();
        }
    }

    /// Reads from where it stopped, as a client does: each answer goes on without a gap.
    private boolean tail(AtomicInteger writing) {
        long seen = 0;
        boolean last = false;
        while (!last) {
            last = writing.get() == 0;
            for (var entry : ports().log().ascending(PAIR, seen + 1, Long.MAX_VALUE, 100_000)) {
                assertThat(entry.seq()).isEqualTo(++seen);
            }
        }
        return seen == WRITERS * BATCHES * BATCH;
    }

    private boolean heads(AtomicInteger writing) {
        while (writing.get() > 0) {
            for (var head : ports().log().heads(List.of(PAIR)).values()) {
                assertThat(ports().log().entry(PAIR, head.lastSeq())).isPresent();
                assertThat(head.lastSeq() % BATCH).as("whole batches only").isZero();
            }
        }
        return true;
    }

    private boolean changes(AtomicInteger writing) {
        long mark = 0;
        long seen = 0;
        boolean last = false;
        while (!last) {
            last = writing.get() == 0;
            var changes = ports().log().changes(mark, 100_000);
            for (var entry : changes.entries()) {
                assertThat(entry.seq()).isEqualTo(++seen);
            }
            mark = changes.mark();
        }
        return seen == WRITERS * BATCHES * BATCH;
    }
}
