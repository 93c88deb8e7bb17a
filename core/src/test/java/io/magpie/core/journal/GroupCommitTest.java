package io.magpie.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.MemoryLog;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.session.Weight;
import io.magpie.core.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final StubLog log = new StubLog();
    private final List<AppendResult> results = Collections.synchronizedList(new ArrayList<>());
    private final JournalStats stats = new JournalStats();
    private final GroupCommit commit = new GroupCommit(log, new Receipts(), () -> Instant.EPOCH, stats, 1);

    @AfterEach
    void stop() throws InterruptedException {
        commit.stop();
    }

    @Test
    void whatGathersDuringOneCommitSharesTheNext() throws InterruptedException {
        var gate = new CountDownLatch(1);
        log.before = () -> awaitQuietly(gate);
        commit.start();
        post(draft("first"));
        log.awaitCalls(1);
        for (int i = 0; i < 50; i++) {
            post(draft("more" + i));
        }
        gate.countDown();
        commit.stop();
        assertThat(log.batchSizes()).startsWith(1, 50);
        assertThat(results).hasSize(51);
        assertThat(stats.drafts()).isEqualTo(51);
        assertThat(stats.waitingBytes()).isZero();
    }

    @Test
    void aStoreThatDoesNotCommitAcknowledgesNothingAndLaterWorksAgain() {
        log.failure.set(new StoreUnavailableException("disk full", new IOException()));
        commit.start();
        assertThat(commit.append(draft("a"), Weight.DIRECT))
                .isInstanceOfSatisfying(
                        AppendResult.Refused.class,
                        refused -> assertThat(refused.rejection().code()).isEqualTo(ErrorCode.UNAVAILABLE));
        log.failure.set(null);
        assertThat(commit.append(draft("a"), Weight.DIRECT)).isInstanceOf(AppendResult.Stored.class);
    }

    @Test
    void oneBadDraftDoesNotFailItsNeighbours() throws InterruptedException {
        post(draft("good"));
        post(draft("poison"));
        post(draft("good too"));
        commit.start();
        commit.stop();
        assertThat(results).hasSize(3);
        assertThat(results.get(0)).isInstanceOf(AppendResult.Stored.class);
        assertThat(results.get(1)).isInstanceOf(AppendResult.Refused.class);
        assertThat(results.get(2)).isInstanceOf(AppendResult.Stored.class);
    }

    /// F29: an overloaded writer answers `unavailable`, memory stays flat.
    @Test
    void f29TooMuchWaitingIsRefusedAtOnce() throws InterruptedException {
        String text = "x".repeat(8192);
        for (int i = 0; i < 9000; i++) {
            post(draft(text));
        }
        assertThat(stats.waitingBytes()).isLessThanOrEqualTo(64L << 20);
        assertThat(results)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result).isInstanceOf(AppendResult.Refused.class));
        commit.start();
        commit.stop();
        assertThat(results).hasSize(9000);
        assertThat(stats.waitingBytes()).isZero();
    }

    @Test
    void afterTheEndNothingIsTaken() throws InterruptedException {
        commit.start();
        commit.stop();
        post(draft("late"));
        assertThat(results).singleElement().isInstanceOf(AppendResult.Refused.class);
    }

    /// A conversation has one writer to itself, and a commit that takes long holds up no other writer.
    @Test
    void severalWritersCommitAtTheSameTimeAndKeepEachConversationsOrder() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var first = new AtomicBoolean(true);
        log.before = () -> {
            if (first.getAndSet(false)) {
                awaitQuietly(gate);
            }
        };
        var settled = new ConcurrentHashMap<ConversationId, List<String>>();
        var several = new GroupCommit(log, new Receipts(), () -> Instant.EPOCH, stats, 3);
        several.start();
        for (int i = 0; i < 300; i++) {
            var conversation = ConversationId.direct(1, 2 + i % 30);
            var draft = draft(conversation, String.valueOf(i));
            several.post(new Posting(
                    draft,
                    Weight.DIRECT,
                    null,
                    (_, _) -> settled.computeIfAbsent(
                                    conversation, _ -> Collections.synchronizedList(new ArrayList<>()))
                            .add(String.valueOf(draft.clientId()))));
        }
        while (settled.isEmpty()) {
            Thread.sleep(1);
        }
        gate.countDown();
        several.stop();
        assertThat(settled).hasSize(30);
        settled.forEach((conversation, order) -> assertThat(order)
                .as("%s", conversation)
                .hasSize(10)
                .isSortedAccordingTo(Comparator.comparingInt(Integer::parseInt)));
        assertThat(stats.waitingBytes()).isZero();
    }

    private void post(Draft draft) {
        commit.post(new Posting(draft, Weight.DIRECT, null, (result, _) -> results.add(result)));
    }

    private static Draft draft(String text) {
        return draft(ConversationId.direct(1, 2), text);
    }

    private static Draft draft(ConversationId conversation, String text) {
        var body = new Body.Message(new Content.Text(text), 0, Mentions.NONE);
        return new Draft(conversation, 1, text, body, 0);
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Receipts implements AfterCommit {
        @Override
        public void committed(List<Entry> entries) {}

        @Override
        public void settled(List<Settled> batch) {
            batch.forEach(s -> s.posting().receipt().settled(s.result(), (_, _, _) -> {}));
        }
    }

    /// Stores in memory and fails on demand.
    private static final class StubLog extends MemoryLog {
        private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        private final AtomicReference<@Nullable StoreUnavailableException> failure = new AtomicReference<>();
        private volatile Runnable before = () -> {};
        private long seq;

        @Override
        public List<AppendResult> append(List<Draft> batch, long now) {
            batches.add(batch.size());
            before.run();
            var fault = failure.get();
            if (fault != null) {
                throw fault;
            }
            if (batch.stream().anyMatch(d -> "poison".equals(d.clientId()))) {
                throw new IllegalStateException("constraint");
            }
            return batch.stream()
                    .map(_ -> (AppendResult) new AppendResult.Stored(++seq, now, false))
                    .toList();
        }

        List<Integer> batchSizes() {
            return List.copyOf(batches);
        }

        void awaitCalls(int calls) throws InterruptedException {
            while (batches.size() < calls) {
                Thread.sleep(1);
            }
        }
    }
}
