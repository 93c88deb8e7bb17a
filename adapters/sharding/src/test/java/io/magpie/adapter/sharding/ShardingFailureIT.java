package io.magpie.adapter.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.adapter.jdbc.DatabaseStore;
import io.magpie.adapter.jdbc.Load;
import io.magpie.adapter.jdbc.ShelfStore;
import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.EntryShelf;
import io.magpie.core.log.Mentions;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.log.ShelfOpener.Shards;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes over two servers of MariaDB: one has the heads and the first shard, the other one the second shard.
class ShardingFailureIT {
    private static final int SENDERS = 4;
    private static final int BATCHES = 30;

    @TempDir
    Path folder;

    /// F4, F9: nothing acknowledged is lost, nothing is there twice, and no seq is missing.
    @Test
    void f4f9EitherServerFailsUnderLoad() throws Exception {
        try (var one = Engine.MARIADB.start();
                var two = Engine.MARIADB.start()) {
            var heads = new DatabaseSettings(Dialect.MYSQL, one.url(), one.user(), one.password(), 4, 8);
            var urls = List.of(
                    Schemas.of(one, List.of("first")).urls().getFirst(),
                    Schemas.of(two, List.of("second")).urls().getFirst());
            var shards = new Shards(urls, one.user(), one.password(), 6);
            underLoad(one, two, heads, shards);
            assertThat(entries(one, "first") + entries(two, "second")).isGreaterThanOrEqualTo(SENDERS * BATCHES * 8);
            assertThat(entries(one, "first")).isPositive();
            assertThat(entries(two, "second")).isPositive();
            onlyAsItWasBegun(heads, shards);
        }
    }

    /// F5: two transactions in one conversation, of which the first one is lost, and does not know, until the second
    /// one has its place.
    @Test
    void f5WhoLostItsTransactionTakesNothingFromOthers() throws Exception {
        var server = Schemas.server();
        var heads = new DatabaseSettings(
                Dialect.MYSQL,
                Schemas.of(server, List.of("heads")).urls().getFirst(),
                server.user(),
                server.password(),
                4,
                8);
        var shards = Schemas.of(server, List.of("eighth", "ninth"));
        var pair = ConversationId.direct(1, 2);
        var meanwhile = new AtomicReference<Runnable>(() -> {});
        var shelf = Schemas.before(
                ShardedShelf.open(shards, new RecordBodyCodec()),
                List.of("add", "propose"),
                () -> meanwhile.getAndSet(() -> {}).run());
        try (var slow = open(heads, shelf, 7);
                var quick = open(heads, shards, 8)) {
            slow.log().append(List.of(text("a")), 1_000);
            meanwhile.set(() -> {
                Schemas.killTransactions(server);
                quick.log().append(List.of(text("b"), text("c")), 1_000);
            });
            assertThatThrownBy(() -> slow.log().append(List.of(text("d")), 1_000))
                    .isInstanceOf(StoreUnavailableException.class);
            slow.log().append(List.of(text("d")), 1_000);
            assertThat(clientIds(quick, pair)).containsExactly("a", "b", "c", "d");
        }
    }

    private static List<String> clientIds(ShelfStore store, ConversationId conversation) {
        return store.log().ascending(conversation, 1, 99, 99).stream()
                .map(entry -> String.valueOf(entry.clientId()))
                .toList();
    }

    private static Draft text(String text) {
        var body = new Body.Message(new Content.Text(text), 0, Mentions.NONE);
        return new Draft(ConversationId.direct(1, 2), 1, text, body, Draft.UNCHECKED);
    }

    private void underLoad(RunningEngine one, RunningEngine two, DatabaseSettings heads, Shards shards)
            throws Exception {
        var load = new Load();
        try (var first = open(heads, shards, 1);
                var second = open(heads, shards, 2);
                var threads = Executors.newCachedThreadPool()) {
            var senders = new ArrayList<Future<?>>();
            for (int sender = 1; sender <= SENDERS; sender++) {
                int number = sender;
                senders.add(threads.submit(() -> load.send(number, BATCHES, List.of(first.log(), second.log()))));
            }
            await(load, 200);
            two.kill();
            refused(load);
            two.restart();
            await(load, 350);
            one.kill();
            refused(load);
            one.restart();
            await(load, 500);
            // What was sent to it comes in when nobody waits for it any more.
            two.pause();
            refused(load);
            assertThat(first.problem().or(second::problem)).isPresent();
            two.resume();
            for (var sender : senders) {
                sender.get();
            }
            assertThat(load.answered()).isEqualTo(SENDERS * BATCHES * 8);
            load.verify(first.log());
            load.verify(second.log());
            assertThat(first.problem()).isEmpty();
            assertThat(second.problem()).isEmpty();
        }
    }

    private void onlyAsItWasBegun(DatabaseSettings heads, Shards shards) {
        assertThatThrownBy(() -> DatabaseStore.open(
                        heads, folder.resolve("3"), new RecordBodyCodec(), InstantSource.system(), 3))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("history.in: sharded");
        assertThatThrownBy(() -> ShelfStore.embedded(
                        folder.resolve("4"),
                        folder.resolve("5"),
                        ShardedShelf.open(shards, new RecordBodyCodec()),
                        new RecordBodyCodec(),
                        InstantSource.system()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("another store");
        var reversed = shards.urls().reversed();
        assertThatThrownBy(() -> open(heads, with(shards, reversed), 6))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("%s is shard 2 of 2 (expected: shard 1 of 2, from its place in the list)", reversed.get(0));
        var more = new ArrayList<>(shards.urls());
        more.add(shards.urls().getFirst());
        assertThatThrownBy(() -> open(heads, with(shards, more), 6))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("is shard 1 of 2 (expected: shard 1 of 3");
    }

    private static Shards with(Shards shards, List<String> urls) {
        return new Shards(urls, shards.user(), shards.password(), shards.connections());
    }

    private static long entries(RunningEngine server, String database) {
        return Schemas.number(server, database, "SELECT count(*) FROM entry");
    }

    private ShelfStore open(DatabaseSettings heads, Shards shards, long writer) {
        return open(heads, ShardedShelf.open(shards, new RecordBodyCodec()), writer);
    }

    private ShelfStore open(DatabaseSettings heads, EntryShelf shelf, long writer) {
        return ShelfStore.open(
                heads,
                folder.resolve(Long.toString(writer)),
                shelf,
                new RecordBodyCodec(),
                InstantSource.system(),
                writer);
    }

    private static void await(Load load, int answered) throws InterruptedException {
        while (load.answered() < answered) {
            Thread.sleep(2);
        }
    }

    private static void refused(Load load) throws InterruptedException {
        int refused = load.refused();
        while (load.refused() == refused) {
            Thread.sleep(2);
        }
    }
}
