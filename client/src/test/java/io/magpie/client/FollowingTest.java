package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.copy.MemoryCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Event;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowingTest {
    private final ClientFixture fixture = new ClientFixture();
    private final ModelServer server = fixture.server;

    private void stored(int count) {
        for (int i = 0; i < count; i++) {
            server.store(ClientFixture.ALICE, 9, null, ModelServer.text("m" + i));
        }
    }

    private ConversationItem item() {
        return fixture.recorder.all(ClientEvent.ConversationChanged.class).stream()
                .map(ClientEvent.ConversationChanged::item)
                .filter(item -> item.conversation().equals(ClientFixture.ALICE))
                .toList()
                .getLast();
    }

    @Test
    void allFollowsFromTheFirstVisibleEntry() {
        stored(1000);
        server.firstSeq.put(ClientFixture.ALICE, 301L);
        fixture.open(CatchUp.ALL, new MemoryCopy(10));
        fixture.settle();
        assertThat(fixture.recorder.seqs(ClientFixture.ALICE))
                .hasSize(700)
                .startsWith(301L)
                .endsWith(1000L);
    }

    @Test
    void recentLeavesALongAbsenceToPaging() {
        MagpieClient client = fixture.open(CatchUp.RECENT, new MemoryCopy(10));
        stored(1);
        fixture.time.advance(2_000);
        server.link().cut();
        stored(100_000);
        fixture.settle();
        assertThat(fixture.recorder.seqs(ClientFixture.ALICE))
                .hasSizeLessThan(60)
                .endsWith(100_001L);
        assertThat(server.heard.stream().filter(Command.History.class::isInstance))
                .hasSizeLessThan(3);
        var page = client.history(ClientFixture.ALICE, 99_952, 100);
        fixture.settle();
        assertThat(page)
                .isCompletedWithValueMatching(older -> older.complete()
                        && older.more()
                        && older.entries().getFirst().seq() == 99_852
                        && older.entries().getLast().seq() == 99_951);
    }

    @Test
    void laggingIsFollowedBySynchronizing() {
        fixture.open(CatchUp.ALL);
        stored(1);
        fixture.time.advance(1_000);
        stored(5);
        server.link().push(new Event.Lagging(List.of()));
        fixture.time.advance(1_000);
        assertThat(fixture.recorder.seqs(ClientFixture.ALICE)).isEqualTo(ClientFixture.upTo(6));
    }

    @Test
    void aHoleIsFilledFromHistory() {
        fixture.open(CatchUp.ALL);
        stored(1);
        fixture.time.advance(1_000);
        stored(1);
        server.commit(ClientFixture.ALICE, 9, ModelServer.text("after the hole"));
        fixture.time.advance(2_000);
        assertThat(fixture.recorder.seqs(ClientFixture.ALICE)).isEqualTo(ClientFixture.upTo(3));
    }

    @Test
    void rejoiningSkipsWhatMayNotBeSeen() {
        fixture.open(CatchUp.ALL);
        stored(2);
        fixture.time.advance(1_000);
        server.link().cut();
        stored(5);
        server.firstSeq.put(ClientFixture.ALICE, 6L);
        fixture.settle();
        assertThat(fixture.recorder.last(ClientEvent.EntriesSkipped.class))
                .isEqualTo(new ClientEvent.EntriesSkipped(ClientFixture.ALICE, 3, 5));
        assertThat(fixture.recorder.seqs(ClientFixture.ALICE)).containsExactly(1L, 2L, 6L, 7L);
    }

    @Test
    void aMessageTakesTheFormOfItsEditsAndItsRecall() {
        MagpieClient client = fixture.open(CatchUp.ALL);
        server.echoes = false;
        fixture.time.advance(1_000);
        var _ = client.send(ClientFixture.ALICE, new Content.Text("teh"));
        fixture.time.advance(1_000);
        var edited = client.edit(ClientFixture.ALICE, 1, new Content.Text("the"));
        fixture.time.advance(1_000);
        assertThat(edited).isCompletedWithValue(2L);
        assertThat(changed()).isEqualTo(new Content.Text("the"));
        var _ = client.recall(ClientFixture.ALICE, 1);
        fixture.time.advance(1_000);
        assertThat(changed()).isNull();
        assertThat(fixture.recorder.seqs(ClientFixture.ALICE)).containsExactly(1L, 2L, 3L);
    }

    private @Nullable Content changed() {
        Entry now = fixture.recorder.last(ClientEvent.EntryChanged.class).entry();
        return ((Body.Message) now.body()).content();
    }

    @Test
    void unreadFollowsWhatComesAndWhatIsRead() {
        MagpieClient client = fixture.open(CatchUp.ALL);
        stored(3);
        fixture.time.advance(1_000);
        assertThat(item().unread()).isEqualTo(3);
        server.commit(ClientFixture.ALICE, 9, ModelServer.text("fourth"));
        fixture.time.advance(1_000);
        assertThat(item().unread()).isEqualTo(4);
        var _ = client.send(ClientFixture.ALICE, new Content.Text("mine"));
        fixture.time.advance(1_000);
        assertThat(item().unread()).isEqualTo(4);
        server.link().push(new Event.Read(ClientFixture.ALICE, ModelServer.ME, 2));
        fixture.time.advance(1_000);
        assertThat(item().unread()).isEqualTo(2);
        client.read(ClientFixture.ALICE, 5);
        fixture.time.advance(10);
        assertThat(item().unread()).isZero();
    }

    @Test
    void readWhileOfflineIsToldLater() {
        MagpieClient client = fixture.open(CatchUp.ALL);
        stored(3);
        fixture.time.advance(1_000);
        server.up = false;
        server.link().cut();
        client.read(ClientFixture.ALICE, 3);
        fixture.time.advance(5_000);
        server.up = true;
        fixture.settle();
        assertThat(server.heard).contains(new Command.Read(ClientFixture.ALICE, 3));
        assertThat(item().unread()).isZero();
    }

    @Test
    void memoryHoldsTheNewestEntriesOnly() {
        MemoryCopy copy = new MemoryCopy(10);
        fixture.open(CatchUp.ALL, copy);
        stored(500);
        fixture.settle();
        assertThat(copy.after(ClientFixture.ALICE, 0)).hasSizeBetween(10, 20);
        assertThat(new ConversationLogProbe().earlyHeldOf(5_000)).isLessThanOrEqualTo(ConversationLog.MAX_EARLY);
    }

    /// Counts what a log holds back for a missing first entry.
    private static final class ConversationLogProbe {
        int earlyHeldOf(int count) {
            ConversationLog log = new ConversationLog(ClientFixture.ALICE);
            log.anchor(0);
            for (long seq = 2; seq <= count; seq++) {
                var _ = log.offer(new Entry(ClientFixture.ALICE, seq, 9, 0, null, ModelServer.text("")));
            }
            return log.offer(new Entry(ClientFixture.ALICE, 1, 9, 0, null, ModelServer.text("")))
                            .size()
                    - 1;
        }
    }
}
