package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [EntryLog] counts as unread.
public abstract class UnreadContract extends LogFixture {
    @Test
    void unreadCountsLiveMessagesAndNoticesByOthers() {
        append(
                draft(PAIR, 1, "a"),
                draft(PAIR, 2, "b"),
                draft(PAIR, 1, "c"),
                edit(1, "x"),
                recall(3),
                draft(PAIR, 0, "d"));
        assertThat(unread(1, 0, 6)).isEqualTo(new Unread(2, false));
        assertThat(unread(2, 0, 6)).isEqualTo(new Unread(2, false));
        assertThat(unread(2, 1, 6)).isEqualTo(new Unread(1, false));
        assertThat(unread(2, 0, 1)).isEqualTo(new Unread(1, false));
        assertThat(unread(2, 6, 6)).isEqualTo(new Unread(0, false));
        var feed = ConversationId.notices(9);
        append(
                new Draft(feed, 0, null, notice(), Draft.UNCHECKED),
                new Draft(feed, 4, null, notice(), Draft.UNCHECKED));
        assertThat(ports().log().unread(List.of(new UnreadQuery(feed, 9, 0, 2))))
                .containsEntry(feed, new Unread(2, false));
    }

    @Test
    void unreadStopsAtItsCap() {
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < Unread.CAP + 5; i++) {
            drafts.add(draft(PAIR, 1, "m" + i));
        }
        ports().log().append(drafts, NOW);
        assertThat(unread(2, 0, 5000).count()).isEqualTo(Unread.CAP);
        assertThat(unread(2, 5, 5000).count()).isEqualTo(Unread.CAP);
        assertThat(unread(2, 6, 5000).count()).isEqualTo(Unread.CAP - 1);
    }

    @Test
    void mentionsCountWhileTheMessageLives() {
        var group = group(1, 2, 3);
        append(mention(group, 1, "a", new Mentions(false, List.of(1L, 2L))), mention(group, 1, "b", Mentions.ALL));
        assertThat(unread(group, 2, 0, 1)).isEqualTo(new Unread(1, true));
        assertThat(unread(group, 3, 0, 1)).isEqualTo(new Unread(1, false));
        assertThat(unread(group, 3, 0, 2)).isEqualTo(new Unread(2, true));
        assertThat(unread(group, 1, 0, 2)).isEqualTo(new Unread(0, false));
        append(new Draft(group, 1, null, new Body.Recall(1), Draft.UNCHECKED));
        assertThat(unread(group, 2, 0, 1)).isEqualTo(new Unread(0, false));
        append(draft(group, 2, "c"));
        append(new Draft(group, 1, null, new Body.Recall(2), Draft.UNCHECKED));
        assertThat(unread(group, 3, 0, 9)).isEqualTo(new Unread(1, false));
    }
}
