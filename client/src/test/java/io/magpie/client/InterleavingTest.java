package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.copy.FileCopy;
import io.magpie.client.copy.MemoryCopy;
import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// F6: whatever the order in which answers of `sync` and `history` and pushes arrive, and however often the
/// connection is lost, every entry is told once and in order.
class InterleavingTest {
    private static final List<ConversationId> CONVERSATIONS =
            List.of(ClientFixture.ALICE, ClientFixture.BOB, ClientFixture.TEAM);

    @Test
    void f6_everyInterleavingOfSyncAndPushesTellsEveryEntryOnceInOrder() {
        for (int seed = 0; seed < 300; seed++) {
            ClientFixture fixture = new ClientFixture();
            Random random = new Random(seed);
            fixture.server.codec = seed % 2 == 0 ? ModelServer.JSON : ModelServer.PROTOBUF;
            fixture.server.delay = () -> random.nextInt(random.nextInt(4) == 0 ? 400 : 5);
            CONVERSATIONS.forEach(id -> fixture.server.store(id, 9, null, ModelServer.text("before")));
            fixture.open(CatchUp.ALL, new MemoryCopy(2));
            disturb(fixture, random);
            for (ConversationId id : CONVERSATIONS) {
                assertThat(fixture.recorder.seqs(id))
                        .as("seed %d, %s", seed, id)
                        .isEqualTo(ClientFixture.upTo(fixture.server.size(id)));
            }
            assertThat(fixture.recorder.all(ClientEvent.EntriesSkipped.class))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void recentOnesAreConsecutiveOrDeclaredSkippedAndReachTheEnd() {
        for (int seed = 0; seed < 200; seed++) {
            ClientFixture fixture = new ClientFixture();
            Random random = new Random(seed);
            fixture.server.codec = seed % 2 == 0 ? ModelServer.JSON : ModelServer.PROTOBUF;
            fixture.server.delay = () -> random.nextInt(50);
            fixture.open(CatchUp.RECENT);
            disturb(fixture, random);
            for (ConversationId id : CONVERSATIONS) {
                List<Entry> log = fixture.server.logs.getOrDefault(id, List.of());
                if (!log.isEmpty()) {
                    assertThat(fixture.recorder.seqs(id)).as("seed %d", seed).endsWith((long) log.size());
                }
            }
        }
    }

    @Test
    void aProcessThatDiesAtAnyMomentContinuesWhereItsCopyEnds(@TempDir Path directory) throws IOException {
        for (int seed = 0; seed < 25; seed++) {
            ClientFixture fixture = new ClientFixture();
            Random random = new Random(seed);
            fixture.server.codec = seed % 2 == 0 ? ModelServer.JSON : ModelServer.PROTOBUF;
            fixture.server.delay = () -> random.nextInt(100);
            Path copy = directory.resolve("seed" + seed);
            for (int life = 0; life < 4; life++) {
                FileCopy file = FileCopy.open(copy, 3);
                fixture.open(CatchUp.ALL, file);
                for (int step = 0; step < 20; step++) {
                    step(fixture, random);
                }
                fixture.server.links.forEach(link -> link.closed = true);
                fixture.time.forgetEverything();
                file.close();
            }
            fixture.open(CatchUp.ALL, FileCopy.open(copy, 3));
            fixture.settle();
            for (ConversationId id : CONVERSATIONS) {
                List<Entry> log = fixture.server.logs.getOrDefault(id, List.of());
                assertThat(fixture.recorder.seqs(id))
                        .as("seed %d, %s", seed, id)
                        .isEqualTo(ClientFixture.upTo(log.size()));
            }
        }
    }

    private static void disturb(ClientFixture fixture, Random random) {
        for (int step = 0; step < 80; step++) {
            step(fixture, random);
        }
        fixture.settle();
    }

    private static void step(ClientFixture fixture, Random random) {
        ModelServer server = fixture.server;
        ConversationId id = CONVERSATIONS.get(random.nextInt(3));
        switch (random.nextInt(12)) {
            case 0 -> {
                if (!server.links.isEmpty()) {
                    server.link().cut();
                }
            }
            case 1, 2 -> fixture.time.advance(random.nextInt(1500));
            case 3 -> {
                // Lost pushes, and the word that they are lost.
                for (int i = random.nextInt(8); i > 0; i--) {
                    server.store(id, 9, null, ModelServer.text("lost"));
                }
                if (server.connected()) {
                    server.link().push(new Event.Lagging(List.of()));
                }
            }
            case 4 -> {
                List<Entry> log = server.logs.getOrDefault(id, List.of());
                if (server.connected() && !log.isEmpty()) {
                    server.link().push(new Event.EntryAdded(log.get(random.nextInt(log.size()))));
                }
            }
            default -> {
                server.commit(id, 9, ModelServer.text("live"));
                fixture.time.advance(random.nextInt(30));
            }
        }
    }
}
