package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.adapter.jdbc.sqlite.EntryIndex;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.OldEntries;
import io.magpie.core.log.Unread;
import io.magpie.core.log.UnreadQuery;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The index of entries across its moves into the tables, roll-backs and restarts.
class SqliteIndexTest {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    @RegisterExtension
    final SqliteFixture sqlite = new SqliteFixture(new EntryIndex.Sizes(7, 3));

    @Test
    void clientIdsWithTheSameHashAreNotRepeats() {
        append(PAIR, "first");
        var twins = twins();
        append(PAIR, twins.getFirst());
        append(PAIR, twins.getLast());
        for (int round = 0; round < 30; round++) {
            assertThat(append(PAIR, twins.getFirst())).isEqualTo(new AppendResult.Stored(2, 5, true));
            assertThat(append(PAIR, twins.getLast())).isEqualTo(new AppendResult.Stored(3, 5, true));
            append(PAIR, "more" + round);
        }
        sqlite.reopen();
        assertThat(append(PAIR, twins.getLast())).isEqualTo(new AppendResult.Stored(3, 5, true));
    }

    @Test
    void nothingIsLostByMovesRollBacksAndRestarts() {
        var random = new Random(7);
        var expected = new HashMap<ConversationId, Long>();
        for (int step = 0; step < 400; step++) {
            var conversation = ConversationId.direct(1, 2 + random.nextInt(6));
            switch (random.nextInt(12)) {
                case 0 -> sqlite.reopen();
                case 1, 2 -> appendAndRollBack(conversation, 1 + random.nextInt(9));
                default -> {
                    append(conversation, "c" + step);
                    expected.merge(conversation, 1L, Long::sum);
                }
            }
            if (step % 10 == 0) {
                expected.forEach(this::assertWhole);
            }
        }
        expected.forEach(this::assertWhole);
    }

    @Test
    void whatIsDeletedStaysDeletedAndLeavesNothingBehind() {
        var random = new Random(11);
        var kept = new HashMap<ConversationId, TreeSet<Long>>();
        for (int step = 1; step < 600; step++) {
            var conversation = ConversationId.direct(1, 2 + random.nextInt(4));
            var seqs = kept.computeIfAbsent(conversation, _ -> new TreeSet<>());
            switch (random.nextInt(14)) {
                case 0 -> sqlite.reopen();
                case 1 ->
                    assertThat(delete(conversation, 1 + random.nextInt(9), false))
                            .isNotNegative();
                case 2, 3 -> {
                    for (int i = delete(conversation, 1 + random.nextInt(9), true); i > 0; i--) {
                        seqs.pollFirst();
                    }
                }
                default -> seqs.add(((AppendResult.Stored) append(conversation, "c" + step)).seq());
            }
            kept.forEach((of, rest) -> {
                assertThat(log().ascending(of, 1, Long.MAX_VALUE, 1000))
                        .map(Entry::seq)
                        .containsExactlyElementsOf(rest);
                assertThat(log().latest(of, 1, Long.MAX_VALUE, 1000)).hasSameSizeAs(rest);
                assertThat(unread(of, 10_000)).isEqualTo(rest.size());
            });
        }
        // Until everything that waited in memory has been moved.
        for (int i = 0; i < 100; i++) {
            append(PAIR, "end" + i);
        }
        for (var table : List.of("entry_place", "entry_repeat")) {
            assertThat(number("SELECT count(*) FROM " + table)).isPositive();
            assertThat(number("SELECT count(*) FROM " + table + " WHERE entry_id NOT IN (SELECT id FROM entry)"))
                    .as("rows of %s without an entry", table)
                    .isZero();
        }
    }

    private int delete(ConversationId conversation, int limit, boolean commit) {
        var deleted = new int[1];
        sqlite.store().transact(transaction -> {
            deleted[0] = transaction.on(OldEntries.Edits.class).delete(conversation, 9, limit, 9);
            return commit
                    ? Outcome.done(true)
                    : Outcome.<Boolean>rejected(new Rejection(ErrorCode.CONFLICT, "not now"));
        });
        return deleted[0];
    }

    private long number(String query) {
        var engine = sqlite.store().engine();
        return engine.transact(source -> source.run(db -> db.sql().number(query)), done -> false);
    }

    @Test
    void aRecallThatIsRolledBackStillCounts() {
        append(PAIR, "a");
        var rejected = sqlite.store().transact(transaction -> {
            var recall = new Draft(PAIR, 1, "r", new Body.Recall(1), Draft.UNCHECKED);
            assertThat(transaction.append(recall, 6)).isInstanceOf(AppendResult.Stored.class);
            return Outcome.<Boolean>rejected(new Rejection(ErrorCode.CONFLICT, "not now"));
        });
        assertThat(rejected.entries()).isEmpty();
        assertThat(unread(PAIR, 1)).isEqualTo(1);
    }

    private void assertWhole(ConversationId conversation, long last) {
        assertThat(log().ascending(conversation, 1, Long.MAX_VALUE, 1000))
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, last).boxed().toList());
        assertThat(log().latest(conversation, 1, last, 5))
                .hasSize((int) Math.min(5, last))
                .last()
                .extracting(Entry::seq)
                .isEqualTo(last);
        assertThat(log().ascending(conversation, last / 2 + 1, last, 3))
                .first()
                .extracting(Entry::seq)
                .isEqualTo(last / 2 + 1);
        assertThat(log().entry(conversation, last)).isPresent();
        assertThat(log().entry(conversation, last + 1)).isEmpty();
        assertThat(unread(conversation, last)).isEqualTo((int) last);
    }

    private int unread(ConversationId conversation, long last) {
        return log().unread(List.of(new UnreadQuery(conversation, 9, 0, last)))
                .getOrDefault(conversation, new Unread(0, false))
                .count();
    }

    private void appendAndRollBack(ConversationId conversation, int count) {
        sqlite.store().transact(transaction -> {
            for (int i = 0; i < count; i++) {
                transaction.append(draft(conversation, "undone" + i), 5);
            }
            return Outcome.<Boolean>rejected(new Rejection(ErrorCode.CONFLICT, "not now"));
        });
    }

    /// Two clientIds that the index cannot tell apart.
    private List<String> twins() {
        var seen = new HashMap<Integer, String>();
        var engine = sqlite.store().engine();
        var twins = new ArrayList<String>();
        var random = new Random(5);
        engine.transact(
                source -> source.run(db -> {
                    while (twins.isEmpty()) {
                        var one = Long.toHexString(random.nextLong());
                        var other = seen.put(EntryIndex.of(db).code(1, one), one);
                        if (other != null) {
                            twins.add(other);
                            twins.add(one);
                        }
                    }
                    return true;
                }),
                done -> false);
        return twins;
    }

    private AppendResult append(ConversationId conversation, String clientId) {
        return log().append(List.of(draft(conversation, clientId)), 5).getFirst();
    }

    private EntryLog log() {
        return sqlite.store().log();
    }

    private static Draft draft(ConversationId conversation, String clientId) {
        var body = new Body.Message(new Content.Text("hi"), 0, Mentions.NONE);
        return new Draft(conversation, 1, clientId, body, Draft.UNCHECKED);
    }
}
