package io.magpie.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Members;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.LogFixture;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.OldEntries;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.storage.Edits;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which entries carry which files, in every store.
public abstract class FileUsesContract extends FilesFixture {
    @Test
    void thoseWhoSeeTheEntrySeeItsFiles() {
        var file = picture(1);
        var preview = upload(1, "bb", 3, PICTURE, file.id());
        assertThat(ports().files().carried(file.id(), 2)).isFalse();
        append(send(PAIR, 1, new Content.Image(file.id(), 640, 400, preview.id(), null)));
        for (long seen : List.of(file.id(), preview.id())) {
            assertThat(ports().files().carried(seen, 1)).isTrue();
            assertThat(ports().files().carried(seen, 2)).isTrue();
            assertThat(ports().files().carried(seen, 3)).isFalse();
        }
        assertThat(ports().files().unused(0, NOW + 1, 9).files()).isEmpty();
    }

    @Test
    void nobodySendsWhatIsNotThere() {
        var file = picture(1);
        assertThat(append(
                        send(PAIR, 1, new Content.File(99, "x", 1, "x/y")),
                        send(PAIR, 1, new Content.Image(file.id(), 1, 1, 98, null)),
                        send(PAIR, 1, new Content.File(file.id(), "x", 1, "x/y"))))
                .map(LogFixture::code)
                .containsExactly(ErrorCode.NOT_FOUND, ErrorCode.NOT_FOUND, null);
        assertThat(ports().log().ascending(PAIR, 1, 9, 9)).hasSize(1);
        var edit = new Draft(PAIR, 1, null, new Body.Edit(1, new Content.File(99, "x", 1, "x/y")), Draft.UNCHECKED);
        assertThat(append(edit)).map(LogFixture::code).containsExactly(ErrorCode.NOT_FOUND);
    }

    @Test
    void aRecallTakesTheFilesToo() {
        var file = picture(1);
        var other = picture(1);
        append(
                send(PAIR, 1, new Content.File(file.id(), "x", 1, "x/y")),
                new Draft(PAIR, 1, null, new Body.Edit(1, file(other)), Draft.UNCHECKED));
        assertThat(ports().files().carried(file.id(), 2)).isFalse();
        assertThat(ports().files().carried(other.id(), 2)).isTrue();
        append(recall(1));
        assertThat(ports().files().carried(other.id(), 2)).isFalse();
        assertThat(ports().files().unused(0, NOW + 1, 9).files()).containsExactly(file.id(), other.id());
    }

    @Test
    void aFileIsSeenAsLongAsOneEntryCarriesIt() {
        var file = picture(1);
        append(send(PAIR, 1, file(file)), send(PAIR, 1, file(file)), recall(1));
        assertThat(ports().files().carried(file.id(), 2)).isTrue();
        append(recall(2));
        assertThat(ports().files().carried(file.id(), 2)).isFalse();
    }

    @Test
    void membersSeeTheFilesOfTheirRange() {
        var group = group(1, 2);
        var early = picture(1);
        var late = picture(1);
        append(send(group, 1, file(early)));
        Edits.in(ports(), tx -> tx.on(Members.Edits.class).join(group, List.of(3L), 2, NOW));
        Edits.in(ports(), tx -> tx.on(Members.Edits.class).end(group, List.of(2L), Member.State.LEFT, 1, NOW));
        append(send(group, 1, file(late)));
        assertThat(ports().files().carried(early.id(), 2)).isTrue();
        assertThat(ports().files().carried(early.id(), 3)).isFalse();
        assertThat(ports().files().carried(late.id(), 2)).isFalse();
        assertThat(ports().files().carried(late.id(), 3)).isTrue();
        // Who sees the edit alone sees what it brings.
        append(new Draft(group, 1, null, new Body.Edit(1, file(late)), Draft.UNCHECKED));
        assertThat(ports().files().carried(late.id(), 2)).isTrue();
        assertThat(ports().files().carried(early.id(), 2)).isFalse();
    }

    @Test
    void howeverOftenItWasSent() {
        var file = picture(1);
        for (long user = 10; user < 210; user++) {
            append(send(ConversationId.direct(1, user), 1, file(file)));
        }
        assertThat(ports().files().carried(file.id(), 10)).isTrue();
        assertThat(ports().files().carried(file.id(), 209)).isTrue();
        assertThat(ports().files().carried(file.id(), 210)).isFalse();
    }

    @Test
    void whatIsDeletedAsTooOldCarriesNothing() {
        var file = picture(1);
        append(send(PAIR, 1, file(file)), draft(PAIR, 1, "a"), draft(PAIR, 1, "b"));
        Edits.in(ports(), tx -> tx.on(OldEntries.Edits.class).delete(PAIR, NOW + 1, 1, NOW));
        assertThat(ports().files().carried(file.id(), 2)).isFalse();
        assertThat(ports().files().unused(0, NOW + 1, 9).files()).containsExactly(file.id());
    }

    private static Content file(StoredFile file) {
        return new Content.File(file.id(), "x", 1, "x/y");
    }

    private static Draft send(ConversationId conversation, long sender, Content content) {
        return new Draft(conversation, sender, null, new Body.Message(content, 0, Mentions.NONE), Draft.UNCHECKED);
    }
}
