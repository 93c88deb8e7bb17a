package io.magpie.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.adapter.local.FolderFiles;
import io.magpie.adapter.media.Inspector;
import io.magpie.core.account.AccountService;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.file.FileService;
import io.magpie.core.file.FileSettings;
import io.magpie.core.file.FileStats;
import io.magpie.core.file.Intake;
import io.magpie.core.file.StoredFile;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.upkeep.UnusedFiles;
import io.magpie.core.upkeep.UpkeepStats;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is deleted of files, and what never is.
class UnusedFilesTest {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    @TempDir
    private Path folder;

    /// A world with files.
    private final class Scene implements AutoCloseable {
        final World world = new World(folder.resolve("store"));
        final FolderFiles bytes = new FolderFiles(folder.resolve("files"));
        final UpkeepStats stats = new UpkeepStats();
        final Inspector inspector = new Inspector(10_000_000);
        final FileService files = new FileService(
                world.journal,
                world.store.files(),
                bytes,
                inspector,
                new Intake(folder.resolve("uploads")),
                new FileSettings(10_000_000, 10_000_000, 10_000_000, 10_000_000, 0),
                new FileStats(),
                world.clock);

        StoredFile upload(long user, byte[] content) {
            return World.done(
                    files.upload(new FileService.Offer(user, "", content.length), new ByteArrayInputStream(content)));
        }

        StoredFile upload(long user, String content) {
            return upload(user, content.getBytes(StandardCharsets.UTF_8));
        }

        boolean there(StoredFile file) {
            return world.store.files().find(file.id()).isPresent();
        }

        boolean kept(StoredFile file) {
            return Files.exists(folder.resolve("files")
                    .resolve(file.hash().substring(0, 2))
                    .resolve(file.hash().substring(2, 4))
                    .resolve(file.hash()));
        }

        /// One round through all files, and one through all contents.
        void round() {
            var chore = new UnusedFiles(world.store.files(), bytes, world.journal, KEPT, world.clock, stats);
            for (int i = 0; i < 10; i++) {
                assertThat(chore.next()).isPositive();
            }
        }

        long send(StoredFile file) {
            var body = new Body.Message(new Content.File(file.id(), "a", 1, "x/y"), 0, Mentions.NONE);
            return append(body);
        }

        long append(Body body) {
            var result = world.store.log().append(List.of(new Draft(PAIR, 1, null, body, Draft.UNCHECKED)), 1);
            return result.getFirst() instanceof AppendResult.Stored stored ? stored.seq() : 0;
        }

        @Override
        public void close() {
            inspector.close();
            world.close();
        }
    }

    private static byte[] noise() throws IOException {
        var image = new BufferedImage(1000, 800, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int i = 0; i < 800_000; i++) {
            image.setRGB(i % 1000, i / 1000, random.nextInt());
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @Test
    void whatNobodySentGoesAfterADay() throws IOException {
        try (var scene = new Scene()) {
            var file = scene.upload(1, noise());
            var preview = scene.world.store.files().find(file.preview()).orElseThrow();
            assertThat(scene.kept(file) && scene.kept(preview)).isTrue();
            scene.world.pass(KEPT);
            scene.round();
            assertThat(scene.there(file)).isTrue();
            scene.world.pass(Duration.ofMillis(1));
            scene.round();
            scene.round();
            assertThat(scene.there(file) || scene.there(preview)).isFalse();
            assertThat(scene.kept(file) || scene.kept(preview)).isFalse();
            assertThat(scene.stats.files()).isEqualTo(2);
            assertThat(scene.stats.contents()).isEqualTo(2);
        }
    }

    @Test
    void whatAnEntryCarriesStaysUntilTheRecall() {
        try (var scene = new Scene()) {
            var file = scene.upload(1, "carried");
            long seq = scene.send(file);
            scene.world.pass(KEPT.multipliedBy(2));
            scene.round();
            assertThat(scene.there(file) && scene.kept(file)).isTrue();
            scene.append(new Body.Recall(seq));
            scene.round();
            scene.round();
            assertThat(scene.there(file) || scene.kept(file)).isFalse();
        }
    }

    @Test
    void aContentStaysAsLongAsSomebodyHasIt() {
        try (var scene = new Scene()) {
            var mine = scene.upload(1, "the same");
            var yours = scene.upload(2, "the same");
            assertThat(mine.hash()).isEqualTo(yours.hash());
            scene.send(yours);
            scene.world.pass(KEPT.multipliedBy(2));
            scene.round();
            assertThat(scene.there(mine)).isFalse();
            assertThat(scene.there(yours) && scene.kept(yours)).isTrue();
        }
    }

    @Test
    void whoBringsAContentAgainFindsIt() {
        try (var scene = new Scene()) {
            var first = scene.upload(1, "again");
            scene.world.pass(KEPT.multipliedBy(2));
            var second = scene.upload(1, "again");
            scene.round();
            assertThat(scene.there(first)).isFalse();
            assertThat(scene.there(second) && scene.kept(second)).isTrue();
        }
    }

    @Test
    void aPictureOfAPersonStays() throws IOException {
        try (var scene = new Scene()) {
            long ada = scene.world.person("ada");
            var file = scene.upload(ada, noise());
            var accounts = scene.world.accounts();
            World.done(accounts.change(ada, new AccountService.Change(null, null, Long.toString(file.id()))));
            scene.world.pass(KEPT.multipliedBy(2));
            scene.round();
            assertThat(scene.there(file) && scene.kept(file)).isTrue();
            World.done(accounts.change(ada, new AccountService.Change(null, null, "")));
            scene.round();
            assertThat(scene.there(file)).isFalse();
        }
    }

    /// Marked, its bytes gone, and then the process died: the next round finishes it.
    @Test
    void anInterruptedDeletionIsFinished() {
        try (var scene = new Scene()) {
            var file = scene.upload(1, "interrupted");
            scene.world.pass(KEPT.multipliedBy(2));
            scene.world.journal.share(tx -> {
                var edits = tx.on(io.magpie.core.file.Files.Edits.class);
                return edits.deleteUnused(file.id(), scene.world.now.get())
                        && edits.condemn(file.hash(), scene.world.now.get());
            });
            scene.bytes.delete(file.hash());
            assertThat(World.code(scene.files.upload(
                            new FileService.Offer(1, "", 11),
                            new ByteArrayInputStream("interrupted".getBytes(StandardCharsets.UTF_8)))))
                    .isEqualTo(io.magpie.core.outcome.ErrorCode.UNAVAILABLE);
            scene.round();
            var again = scene.upload(1, "interrupted");
            assertThat(scene.there(again) && scene.kept(again)).isTrue();
        }
    }

    @Test
    void whatAKilledProcessLeftIsGoneAtTheStart() throws IOException {
        Path left = Files.createDirectories(folder.resolve("uploads/upload123"));
        Files.writeString(left.resolve("original"), "half");
        try (var scene = new Scene()) {
            assertThat(folder.resolve("uploads")).isEmptyDirectory();
            assertThat(scene.upload(1, "fresh").size()).isEqualTo(5);
            assertThat(folder.resolve("uploads")).isEmptyDirectory();
        }
    }
}
