package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.copy.FileCopy;
import io.magpie.client.copy.MemoryCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private final ClientFixture fixture = new ClientFixture();
    private final ModelServer server = fixture.server;

    private static Content text(int number) {
        return new Content.Text("message " + number);
    }

    private List<Content> stored() {
        List<Content> stored = new ArrayList<>();
        server.logs.getOrDefault(ClientFixture.ALICE, List.of()).forEach(entry -> {
            if (entry.body() instanceof Body.Message message && message.content() != null) {
                stored.add(message.content());
            }
        });
        return stored;
    }

    @Test
    void f8_aLostAnswerIsAskedForAgainWithTheSameClientIdAndStoresNothingTwice() {
        MagpieClient client = fixture.open(CatchUp.ALL);
        fixture.time.advance(1_000);
        server.delay = () -> 50;
        var sent = client.send(ClientFixture.ALICE, text(1));
        fixture.time.advance(20);
        assertThat(stored()).hasSize(1);
        server.link().cut();
        fixture.settle();
        assertThat(sent).isCompletedWithValueMatching(done -> done.duplicate() && done.seq() == 1);
        assertThat(stored()).hasSize(1);
        assertThat(fixture.recorder.seqs(ClientFixture.ALICE)).containsExactly(1L);
    }

    @Test
    void whatIsWrittenOfflineArrivesInOrderAndOnceOverAnyNumberOfLosses() {
        for (int seed = 0; seed < 40; seed++) {
            ClientFixture each = new ClientFixture();
            Random random = new Random(seed);
            each.server.delay = () -> random.nextInt(40);
            MagpieClient client = each.open(CatchUp.ALL);
            List<CompletableFuture<Reply.Sent>> sent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sent.add(client.send(ClientFixture.ALICE, text(i)));
                each.time.advance(random.nextInt(300));
                if (random.nextInt(4) == 0 && !each.server.links.isEmpty()) {
                    each.server.link().cut();
                }
            }
            each.settle();
            for (int i = 0; i < 30; i++) {
                long seq = i + 1L;
                assertThat(sent.get(i)).as("seed %d", seed).isCompletedWithValueMatching(done -> done.seq() == seq);
            }
            assertThat(each.server.size(ClientFixture.ALICE)).isEqualTo(30);
            assertThat(each.recorder.seqs(ClientFixture.ALICE)).isEqualTo(ClientFixture.upTo(30));
        }
    }

    @Test
    void survivesTheEndOfTheProcess(@TempDir Path directory) throws IOException {
        server.up = false;
        FileCopy first = FileCopy.open(directory);
        MagpieClient dying = fixture.open(CatchUp.ALL, first);
        for (int i = 0; i < 5; i++) {
            var _ = dying.send(ClientFixture.ALICE, text(i));
        }
        fixture.time.advance(10);
        fixture.time.forgetEverything();
        first.close();
        server.up = true;
        fixture.open(CatchUp.ALL, FileCopy.open(directory));
        fixture.settle();
        assertThat(stored()).isEqualTo(List.of(text(0), text(1), text(2), text(3), text(4)));
        assertThat(fixture.recorder.all(ClientEvent.MessageSent.class)).hasSize(5);
    }

    @Test
    void waitsAsLongAsTheServerAsksAndKeepsTheOrder() {
        int[] refusals = {3};
        server.script = command -> command instanceof Command.Send && refusals[0]-- > 0
                ? new Reply.Failed(new Rejection(ErrorCode.RATE_LIMITED, "sends: too many", 5_000))
                : null;
        MagpieClient client = fixture.open(CatchUp.ALL);
        var first = client.send(ClientFixture.ALICE, text(1));
        var second = client.send(ClientFixture.ALICE, text(2));
        fixture.time.advance(14_000);
        assertThat(first).isNotDone();
        fixture.time.advance(30_000);
        assertThat(first).isCompletedWithValueMatching(done -> done.seq() == 1);
        assertThat(second).isCompletedWithValueMatching(done -> done.seq() == 2);
    }

    @Test
    void aRefusalForGoodFailsThatMessageOnly() {
        Rejection blocked = new Rejection(ErrorCode.BLOCKED, "user: 9");
        server.script = command -> command instanceof Command.Send send && text(1).equals(send.content())
                ? new Reply.Failed(blocked)
                : null;
        MagpieClient client = fixture.open(CatchUp.ALL);
        var first = client.send(ClientFixture.ALICE, text(1));
        var second = client.send(ClientFixture.ALICE, text(2));
        fixture.settle();
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedWithValueMatching(done -> done.seq() == 1);
        assertThat(fixture.recorder.last(ClientEvent.MessageFailed.class).rejection())
                .isEqualTo(blocked);
    }

    @Test
    void aFullOutboxRefusesInsteadOfGrowing() {
        server.up = false;
        ClientSettings small = new ClientSettings(
                fixture.settings.address(),
                Protocol.JSON,
                "t",
                fixture.settings.device(),
                CatchUp.ALL,
                10,
                2,
                fixture.settings.backoffFirst(),
                fixture.settings.backoffMax(),
                fixture.settings.answerWithin());
        MagpieClient client =
                MagpieClient.open(fixture.time.runtime(server, 1), small, new MemoryCopy(), fixture.recorder);
        var _ = client.send(ClientFixture.ALICE, text(1));
        var _ = client.send(ClientFixture.ALICE, text(2));
        var third = client.send(ClientFixture.ALICE, text(3));
        fixture.time.advance(10);
        assertThat(third).isCompletedExceptionally();
        assertThat(fixture.recorder.all(ClientEvent.MessageQueued.class)).hasSize(2);
    }
}
