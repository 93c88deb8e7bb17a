package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What recalls and edits do to the entry they are about, in every [EntryLog].
public abstract class TargetContract extends LogFixture {
    @Test
    void recallTakesTheContentFromTheMessageAndItsEdits() {
        append(draft(PAIR, 1, "a"), edit(1, "b"), edit(1, "c"));
        assertThat(body(1)).isEqualTo(new Body.Message(new Content.Text("c"), 0, Mentions.NONE, 3, 0));
        assertThat(body(2)).isEqualTo(new Body.Edit(1, null));
        assertThat(body(3)).isEqualTo(new Body.Edit(1, new Content.Text("c")));
        assertThat(seq(append(recall(1)).getFirst())).isEqualTo(4);
        assertThat(body(1)).isEqualTo(new Body.Message(null, 0, Mentions.NONE, 3, 4));
        assertThat(body(3)).isEqualTo(new Body.Edit(1, null));
        assertThat(body(4)).isEqualTo(new Body.Recall(1));
    }

    @Test
    void recallAndEditOfWhatTheSameBatchBrings() {
        append(draft(PAIR, 1, "a"), draft(PAIR, 1, "b"), edit(1, "x"), recall(2));
        assertThat(body(1)).isEqualTo(new Body.Message(new Content.Text("x"), 0, Mentions.NONE, 3, 0));
        assertThat(body(2)).isEqualTo(new Body.Message(null, 0, Mentions.NONE, 0, 4));
        assertThat(unread(2, 0, 4).count()).isEqualTo(1);
    }

    @Test
    void recallingAgainAnswersTheFirstRecall() {
        append(draft(PAIR, 1, "a"), recall(1));
        assertThat(ports().log().append(List.of(recall(1)), NOW + 7))
                .containsExactly(new AppendResult.Stored(2, NOW, true));
        assertThat(ports().log().ascending(PAIR, 1, 9, 9)).hasSize(2);
    }

    @Test
    void targetsMustBeMessagesNotRecalled() {
        append(draft(PAIR, 1, "a"), recall(1));
        assertThat(append(edit(1, "b"))).map(LogFixture::code).containsExactly(ErrorCode.CONFLICT);
        assertThat(append(edit(2, "b"), edit(9, "b"), recall(2), recall(9)))
                .map(LogFixture::code)
                .containsOnly(ErrorCode.NOT_FOUND);
        assertThat(append(new Draft(ConversationId.direct(4, 5), 4, null, new Body.Recall(1), Draft.UNCHECKED)))
                .map(LogFixture::code)
                .containsExactly(ErrorCode.NOT_FOUND);
        assertThat(ports().log().ascending(PAIR, 1, 9, 9)).hasSize(2);
    }

    @Test
    void aRepeatedEditIsAnsweredEvenAfterTheRecall() {
        var edit = new Draft(PAIR, 1, "e1", new Body.Edit(1, new Content.Text("b")), Draft.UNCHECKED);
        append(draft(PAIR, 1, "a"), edit, recall(1));
        assertThat(append(edit)).containsExactly(new AppendResult.Stored(2, NOW, true));
    }
}
