package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.outcome.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every [EntryLog] must do: order, time, ranges, heads, changes.
public abstract class EntryLogContract extends LogFixture {
    @Test
    void assignsConsecutiveSeqsPerConversation() {
        var other = ConversationId.direct(1, 3);
        var results = append(
                draft(PAIR, 1, "a"),
                draft(other, 1, "b"),
                draft(PAIR, 2, "c"),
                draft(PAIR, 1, "d"),
                draft(other, 3, "e"));
        assertThat(results).map(LogFixture::seq).containsExactly(1L, 1L, 2L, 3L, 2L);
        assertThat(append(draft(PAIR, 1, "f"))).map(LogFixture::seq).containsExactly(4L);
        assertThat(texts(PAIR)).containsExactly("a", "c", "d", "f");
        assertThat(texts(other)).containsExactly("b", "e");
        assertThat(ports().log().heads(List.of(PAIR, other, ConversationId.direct(8, 9))))
                .containsOnly(Map.entry(PAIR, new Head(PAIR, 4, NOW, 0)), Map.entry(other, new Head(other, 2, NOW, 0)));
    }

    @Test
    void keepsWhatWasAppended() {
        var body = new Body.Message(new Content.Text("hi"), 0, new Mentions(false, List.of(2L)));
        ports().log().append(List.of(new Draft(PAIR, 1, "c1", body, Draft.UNCHECKED)), NOW);
        assertThat(ports().log().entry(PAIR, 1)).contains(new Entry(PAIR, 1, 1, NOW, "c1", body));
        assertThat(ports().log().entry(PAIR, 2)).isEmpty();
        assertThat(ports().log().entry(ConversationId.direct(5, 6), 1)).isEmpty();
    }

    @Test
    void theFirstEntryCreatesConversationAndMembers() {
        append(draft(PAIR, 2, "a"));
        assertThat(ports().members().current(PAIR, 0, 10))
                .extracting(Member::user, Member::visibleFrom, Member::readSeq)
                .containsExactly(tuple(1L, 1L, 0L), tuple(2L, 1L, 0L));
        var self = ConversationId.direct(7, 7);
        append(draft(self, 7, "note"));
        assertThat(ports().members().current(self, 0, 10)).map(Member::user).containsExactly(7L);
        var feed = ConversationId.notices(9);
        append(new Draft(feed, 0, null, notice(), Draft.UNCHECKED));
        assertThat(ports().members().current(feed, 0, 10)).map(Member::user).containsExactly(9L);
    }

    @Test
    void refusesAGroupThatDoesNotExist() {
        var group = ConversationId.group(77);
        var results = append(draft(group, 1, "a"), draft(PAIR, 1, "b"));
        assertThat(results.getFirst())
                .isInstanceOfSatisfying(
                        AppendResult.Refused.class,
                        refused -> assertThat(refused.rejection().code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(seq(results.getLast())).isEqualTo(1);
        assertThat(ports().log().heads(List.of(group))).isEmpty();
    }

    @Test
    void timeNeverGoesBack() {
        ports().log().append(List.of(draft(PAIR, 1, "a")), NOW);
        var result =
                ports().log().append(List.of(draft(PAIR, 1, "b"), draft(ConversationId.direct(1, 3), 1, "b")), NOW - 9);
        assertThat(result)
                .containsExactly(new AppendResult.Stored(2, NOW, false), new AppendResult.Stored(1, NOW - 9, false));
        assertThat(ports().log().entry(PAIR, 2))
                .hasValueSatisfying(entry -> assertThat(entry.sentAt()).isEqualTo(NOW));
    }

    @Test
    void readsRanges() {
        append(draft(PAIR, 1, "a"), draft(PAIR, 1, "b"), draft(PAIR, 1, "c"), draft(PAIR, 1, "d"), draft(PAIR, 1, "e"));
        assertThat(ports().log().ascending(PAIR, 2, 4, 2)).map(Entry::seq).containsExactly(2L, 3L);
        assertThat(ports().log().latest(PAIR, 1, 4, 2)).map(Entry::seq).containsExactly(3L, 4L);
        assertThat(ports().log().latest(PAIR, 1, Long.MAX_VALUE, 9)).hasSize(5);
        assertThat(ports().log().ascending(PAIR, 6, 9, 9)).isEmpty();
        assertThat(ports().log().ascending(ConversationId.group(4), 1, 9, 9)).isEmpty();
    }

    @Test
    void readsManyPlacesAtOnce() {
        var other = ConversationId.direct(1, 3);
        append(draft(PAIR, 1, "a"), draft(PAIR, 1, "b"), draft(other, 1, "c"));
        var found = ports().log().entries(Map.of(PAIR, 2L, other, 7L, ConversationId.group(5), 1L));
        assertThat(found).containsOnlyKeys(PAIR);
        assertThat(found.values()).map(Entry::seq).containsExactly(2L);
    }

    @Test
    void changesFollowTheMark() {
        long start = ports().log().mark();
        append(draft(PAIR, 1, "a"), draft(ConversationId.direct(1, 3), 1, "b"), draft(PAIR, 2, "c"));
        var first = ports().log().changes(start, 2);
        assertThat(first.truncated()).isTrue();
        assertThat(first.entries()).map(LogFixture::text).containsExactly("a", "b");
        var second = ports().log().changes(first.mark(), 2);
        assertThat(second.truncated()).isFalse();
        assertThat(second.entries()).map(LogFixture::text).containsExactly("c");
        assertThat(second.mark()).isEqualTo(ports().log().mark());
        assertThat(ports().log().changes(second.mark(), 2)).isEqualTo(new Changes(List.of(), second.mark(), false));
    }

    @Test
    void changesOfOneWriterAreFoundFromTheMark() {
        append(draft(PAIR, 1, "before"));
        long start = ports().log().mark();
        append(draft(PAIR, 1, "a"), draft(ConversationId.direct(1, 3), 1, "b"), draft(PAIR, 2, "c"));
        var found = ports().log().changedBy(writer(), start, 10);
        assertThat(found.truncated()).isFalse();
        assertThat(found.entries()).map(LogFixture::text).contains("a", "b", "c");
        var few = ports().log().changedBy(writer(), start, 2);
        assertThat(few.truncated()).isTrue();
        assertThat(few.entries()).hasSize(2);
        assertThat(ports().log().changedBy(writer(), ports().log().mark(), 10).truncated())
                .isFalse();
    }

    @Test
    void manyConversationsInOneBatchAndOneRead() {
        var drafts = new ArrayList<Draft>();
        var queries = new ArrayList<UnreadQuery>();
        for (int peer = 2; peer < 1302; peer++) {
            var pair = ConversationId.direct(1, peer);
            drafts.add(draft(pair, peer, "m"));
            queries.add(new UnreadQuery(pair, 1, 0, 9));
        }
        ports().log().append(drafts, NOW);
        ports().log()
                .append(
                        drafts.stream()
                                .map(draft -> draft(draft.conversation(), draft.sender(), "n"))
                                .toList(),
                        NOW);
        assertThat(ports().log().unread(queries))
                .hasSize(1300)
                .allSatisfy((conversation, unread) -> assertThat(unread.count()).isEqualTo(2));
        assertThat(ports().log()
                        .heads(queries.stream().map(UnreadQuery::conversation).toList()))
                .hasSize(1300)
                .allSatisfy((conversation, head) -> assertThat(head.lastSeq()).isEqualTo(2));
    }
}
