package io.magpie.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.account.Account;
import io.magpie.core.account.Accounts;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.group.Group;
import io.magpie.core.group.Groups;
import io.magpie.core.storage.Edits;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [Files] must do.
public abstract class FilesContract extends FilesFixture {
    private static final long LATER = NOW + 1;

    @Test
    void keepsAllOfAFile() {
        var media = new Media(FileKind.VIDEO, "video/mp4", 1920, 1080, 60_000, List.of(0, 128, 255), "LEHV6nWB2yk8");
        var file = upload(7, "ab", 1L << 40, media, 0);
        assertThat(file).isEqualTo(new StoredFile(file.id(), 7, "ab", 1L << 40, "a name", media, 0, NOW));
        assertThat(ports().files().find(file.id())).contains(file);
        assertThat(ports().files().find(file.id() + 1)).isEmpty();
        for (var kind : FileKind.values()) {
            var one = upload(7, "ab", 3, new Media(kind, "x/y", 0, 0, 0, List.of(), null), 0);
            assertThat(ports().files().findAll(List.of(one.id(), 999L))).containsExactly(one);
        }
    }

    @Test
    void aPreviewBelongsToItsFileAndCostsNothing() {
        var file = picture(7);
        var preview = upload(7, "bb", 3, PICTURE, file.id());
        assertThat(ports().files().find(file.id()).orElseThrow().preview()).isEqualTo(preview.id());
        assertThat(ports().files().find(preview.id())).contains(preview);
        picture(7);
        assertThat(ports().files().usedBytes(7)).isEqualTo(20);
        assertThat(ports().files().usedBytes(8)).isZero();
    }

    @Test
    void knowsWhosePictureAFileIs() {
        var file = picture(7);
        var other = picture(7);
        assertThat(ports().files().avatar(file.id())).isFalse();
        Edits.in(ports(), tx -> {
            var accounts = tx.on(Accounts.Edits.class);
            var account = accounts.insert("ann", null, null, "Ann", "", NOW).orElseThrow();
            accounts.update(new Account(
                    account.id(), "ann", null, "Ann", Long.toString(file.id()), "", account.createdAt(), 0));
            tx.on(Groups.Edits.class)
                    .insert(new Group(
                            0,
                            "g",
                            Long.toString(other.id()),
                            "",
                            JoinPolicy.OPEN,
                            null,
                            false,
                            0,
                            account.id(),
                            NOW,
                            0));
        });
        assertThat(ports().files().avatar(file.id())).isTrue();
        assertThat(ports().files().avatar(other.id())).isTrue();
        assertThat(ports().files().unused(0, LATER, 100).files()).isEmpty();
    }

    @Test
    void whatIsUnusedIsFoundInPagesAndItsPreviewAfterIt() {
        var files = IntStream.range(0, 5).mapToObj(i -> picture(7).id()).toList();
        var preview = upload(7, "bb", 3, PICTURE, files.getLast());
        assertThat(ports().files().unused(0, NOW, 100)).isEqualTo(new Files.Page(List.of(), 0));
        assertThat(ports().files().unused(0, LATER, 2)).isEqualTo(new Files.Page(files.subList(0, 2), files.get(1)));
        assertThat(ports().files().unused(files.get(1), LATER, 100)).isEqualTo(new Files.Page(files.subList(2, 5), 0));

        assertThat(does(edits -> edits.deleteUnused(preview.id(), LATER))).isFalse();
        assertThat(does(edits -> edits.deleteUnused(files.getLast(), NOW))).isFalse();
        assertThat(does(edits -> edits.deleteUnused(files.getLast(), LATER))).isTrue();
        assertThat(does(edits -> edits.deleteUnused(files.getLast(), LATER))).isFalse();
        assertThat(does(edits -> edits.deleteUnused(preview.id(), LATER))).isTrue();
        assertThat(ports().files().find(files.getLast())).isEmpty();
        assertThat(picture(7).id()).isGreaterThan(preview.id());
    }

    @Test
    void aContentGoesWhenNoFileHasItAndNobodyBringsIt() {
        var first = picture(7);
        var second = picture(8);
        assertThat(does(edits -> edits.condemn("aa", LATER))).isFalse();
        edit(edits -> edits.deleteUnused(first.id(), LATER));
        assertThat(ports().files().unusedContents("", LATER, 9)).isEqualTo(new Files.ContentPage(List.of(), ""));
        edit(edits -> edits.deleteUnused(second.id(), LATER));
        assertThat(ports().files().unusedContents("", NOW, 9).hashes()).isEmpty();
        assertThat(ports().files().unusedContents("", LATER, 9).hashes()).containsExactly("aa");
        assertThat(ports().files().unusedContents("", LATER, 1).last()).isEqualTo("aa");

        assertThat(does(edits -> edits.bring("aa", 10, LATER))).isTrue();
        assertThat(does(edits -> edits.condemn("aa", LATER))).isFalse();
        assertThat(does(edits -> edits.condemn("aa", LATER + 1))).isTrue();
        assertThat(does(edits -> edits.bring("aa", 10, LATER))).isFalse();
        assertThat(does(edits -> edits.condemn("aa", NOW))).isTrue();
        edit(edits -> {
            edits.forget("aa");
            return true;
        });
        assertThat(does(edits -> edits.condemn("aa", LATER + 1))).isFalse();
        assertThat(does(edits -> edits.bring("aa", 10, LATER))).isTrue();
    }

    @Test
    void whatCameFirstIsAgreedUnderEachName() {
        byte[] first = {1, 2, 3};
        byte[] kept = edit(edits -> edits.agreed(Files.Agreed.SIGNING_KEY, first));
        byte[] again = edit(edits -> edits.agreed(Files.Agreed.SIGNING_KEY, new byte[] {4}));
        byte[] other = edit(edits -> edits.agreed(Files.Agreed.FOLDER, new byte[] {5}));
        assertThat(kept).isEqualTo(first);
        assertThat(again).isEqualTo(first);
        assertThat(other).isEqualTo(new byte[] {5});
    }
}
