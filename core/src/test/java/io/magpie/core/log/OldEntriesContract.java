package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.storage.Edits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How every store gives up what is too old.
public abstract class OldEntriesContract extends LogFixture {
    private static final long LATER = NOW + 1000;
    private static final ConversationId OTHER = ConversationId.direct(8, 9);

    @Test
    void whatIsOldIsGoneFromEveryReadAndTheRestStays() {
        append(draft(PAIR, 1, "a"), draft(PAIR, 2, "b"), draft(PAIR, 1, "c"));
        appendLater(draft(PAIR, 2, "d"), draft(PAIR, 1, "e"));
        long mark = ports().log().mark();

        assertThat(delete(PAIR, LATER, 100)).isEqualTo(3);

        assertThat(texts(PAIR)).containsExactly("d", "e");
        assertThat(ports().log().latest(PAIR, 1, 9, 9)).map(Entry::seq).containsExactly(4L, 5L);
        assertThat(ports().log().entry(PAIR, 3)).isEmpty();
        assertThat(ports().log().entries(Map.of(PAIR, 1L))).isEmpty();
        assertThat(ports().log().mark()).isEqualTo(mark);
        assertThat(ports().log().heads(List.of(PAIR)))
                .containsEntry(PAIR, new Head(PAIR, 4, 5, LATER + 7, access(PAIR)));
        assertThat(delete(PAIR, LATER, 100)).isZero();
    }

    @Test
    void aBatchTakesTheOldestAndTheNextOneGoesOn() {
        append(draft(PAIR, 1, "a"), draft(PAIR, 2, "b"), draft(PAIR, 1, "c"));
        appendLater(draft(PAIR, 2, "d"));
        assertThat(delete(PAIR, LATER, 2)).isEqualTo(2);
        assertThat(texts(PAIR)).containsExactly("c", "d");
        assertThat(delete(PAIR, LATER, 2)).isEqualTo(1);
        assertThat(texts(PAIR)).containsExactly("d");
        assertThat(delete(PAIR, LATER, 2)).isZero();
        assertThat(delete(ConversationId.direct(5, 6), LATER, 2)).isZero();
    }

    @Test
    void seqsGoOnWhereAllIsGoneAndTheMarkNeverMovesBack() {
        append(draft(PAIR, 1, "a"), draft(PAIR, 2, "b"));
        long mark = ports().log().mark();
        append(draft(OTHER, 8, "x"));
        delete(PAIR, LATER, 100);
        delete(OTHER, LATER, 100);
        assertThat(ports().log().heads(List.of(PAIR)))
                .containsEntry(PAIR, new Head(PAIR, 3, 2, LATER + 7, access(PAIR)));
        assertThat(ports().log().mark()).isGreaterThan(mark);
        long before = ports().log().mark();
        assertThat(seq(appendLater(draft(PAIR, 1, "c")).getFirst())).isEqualTo(3);
        assertThat(ports().log().changes(before, 10).entries())
                .map(LogFixture::text)
                .containsExactly("c");
    }

    @Test
    void whatIsDeletedIsNotUnread() {
        var group = group(1, 2, 3);
        append(draft(group, 1, "a"), mention(group, 1, "b", new Mentions(false, List.of(2L))));
        append(mention(group, 1, "c", Mentions.ALL));
        appendLater(draft(group, 1, "d"));
        assertThat(unread(group, 2, 0, 4)).isEqualTo(new Unread(4, true));
        delete(group, LATER, 2);
        assertThat(unread(group, 2, 0, 4)).isEqualTo(new Unread(2, true));
        delete(group, LATER, 2);
        assertThat(unread(group, 2, 0, 4)).isEqualTo(new Unread(1, false));
        assertThat(unread(group, 3, 0, 4)).isEqualTo(new Unread(1, false));
        assertThat(unread(group, 2, 4, 4)).isEqualTo(new Unread(0, false));
    }

    @Test
    void nobodyEditsOrRecallsWhatIsDeleted() {
        append(draft(PAIR, 1, "a"));
        appendLater(edit(1, "b"), draft(PAIR, 1, "c"));
        delete(PAIR, LATER, 100);
        assertThat(append(edit(1, "x"), recall(1))).map(LogFixture::code).containsOnly(ErrorCode.NOT_FOUND);
        assertThat(ports().log().ascending(PAIR, 1, 9, 9)).map(Entry::seq).containsExactly(2L, 3L);
    }

    @Test
    void aRepeatOfWhatIsDeletedIsStoredAgain() {
        append(draft(PAIR, 1, "a"));
        appendLater(draft(PAIR, 1, "b"));
        delete(PAIR, LATER, 100);
        assertThat(appendLater(draft(PAIR, 1, "a"), draft(PAIR, 1, "b")))
                .containsExactly(new AppendResult.Stored(3, LATER, false), new AppendResult.Stored(2, LATER, true));
    }

    @Test
    void conversationsWithOldEntriesAreFoundPageByPage() {
        var old = new ArrayList<ConversationId>();
        for (int peer = 2; peer < 9; peer++) {
            var pair = ConversationId.direct(1, peer);
            (peer % 2 == 0 ? append(draft(pair, 1, "a")) : appendLater(draft(pair, 1, "a"))).getFirst();
            if (peer % 2 == 0) {
                old.add(pair);
            }
        }
        group(1, 2);
        appendLater(draft(OTHER, 8, "z"));
        for (int scan = 1; scan < 12; scan++) {
            assertThat(found(LATER, scan)).as("%s at a time", scan).containsExactlyElementsOf(old);
        }
        assertThat(found(NOW, 3)).isEmpty();
        delete(old.getFirst(), LATER, 100);
        assertThat(found(LATER, 3)).containsExactlyElementsOf(old.subList(1, old.size()));
    }

    @Test
    void severalMayDeleteAndSendAtTheSameTime() throws Exception {
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < 200; i++) {
            drafts.add(draft(PAIR, 1, "m" + i));
        }
        append(drafts.toArray(Draft[]::new));
        var work = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20; i++) {
            String text = "new" + i;
            work.add(() -> delete(PAIR, LATER, 20));
            work.add(() -> {
                appendLater(draft(PAIR, 2, text));
                return 0;
            });
        }
        int deleted = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> done : threads.invokeAll(work)) {
                deleted += done.get();
            }
        }
        deleted += delete(PAIR, LATER, 1000);
        assertThat(deleted).isEqualTo(200);
        assertThat(ports().log().ascending(PAIR, 1, 1000, 1000))
                .hasSize(20)
                .allSatisfy(entry -> assertThat(entry.seq()).isBetween(201L, 220L));
    }

    private List<AppendResult> appendLater(Draft... drafts) {
        return ports().log().append(List.of(drafts), LATER);
    }

    private int delete(ConversationId conversation, long time, int limit) {
        var deleted = new int[1];
        Edits.in(
                ports(),
                transaction -> deleted[0] =
                        transaction.on(OldEntries.Edits.class).delete(conversation, time, limit, LATER + 7));
        return deleted[0];
    }

    private List<ConversationId> found(long time, int scan) {
        var all = new ArrayList<ConversationId>();
        @Nullable ConversationId after = null;
        do {
            var page = ports().oldEntries().before(time, after, scan);
            all.addAll(page.conversations());
            after = page.last();
        } while (after != null);
        return all;
    }
}
