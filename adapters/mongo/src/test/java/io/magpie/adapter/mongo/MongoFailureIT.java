package io.magpie.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.adapter.jdbc.DatabaseStore;
import io.magpie.adapter.jdbc.Load;
import io.magpie.adapter.jdbc.ShelfStore;
import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.core.log.RecordBodyCodec;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.engines.Engine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes over one database and one MongoDB, while either of these fails.
class MongoFailureIT {
    private static final int SENDERS = 4;
    private static final int BATCHES = 40;

    @TempDir
    Path folder;

    /// F4, F9: nothing acknowledged is lost, nothing is there twice, and no seq is missing.
    @Test
    void f4f9EitherOfTheTwoFailsUnderLoad() throws Exception {
        try (var mongo = Engine.MONGO.start();
                var mariadb = Engine.MARIADB.start()) {
            var heads = new DatabaseSettings(Dialect.MYSQL, mariadb.url(), mariadb.user(), mariadb.password(), 4, 8);
            var entries = Mongo.database(mongo.url());
            var load = new Load();
            try (var one = open(heads, entries, 1);
                    var two = open(heads, entries, 2);
                    var threads = Executors.newCachedThreadPool()) {
                var senders = new ArrayList<Future<?>>();
                for (int sender = 1; sender <= SENDERS; sender++) {
                    int number = sender;
                    senders.add(threads.submit(() -> load.send(number, BATCHES, List.of(one.log(), two.log()))));
                }
                await(load, 300);
                mariadb.kill();
                refused(load);
                mariadb.restart();
                await(load, 600);
                // What was sent to it comes in when nobody waits for it any more.
                mongo.pause();
                refused(load);
                assertThat(one.problem().or(two::problem)).isPresent();
                mongo.resume();
                for (var sender : senders) {
                    sender.get();
                }
                assertThat(load.answered()).isEqualTo(SENDERS * BATCHES * 8);
                load.verify(one.log());
                load.verify(two.log());
                assertThat(one.problem()).isEmpty();
                assertThat(two.problem()).isEmpty();
            }
            assertThatThrownBy(() -> DatabaseStore.open(
                            heads, folder.resolve("3"), new RecordBodyCodec(), InstantSource.system(), 3))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("history.in: mongodb");
            assertThatThrownBy(() -> ShelfStore.embedded(
                            folder.resolve("4"),
                            folder.resolve("5"),
                            MongoShelf.open(entries, new RecordBodyCodec()),
                            new RecordBodyCodec(),
                            InstantSource.system()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("another store");
        }
    }

    @Test
    void withoutAServerItDoesNotOpenAndSaysWhy() {
        assertThatThrownBy(() -> MongoShelf.open(
                        new MongoSettings("mongodb://127.0.0.1:1", "magpie", "ann", "hidden"), new RecordBodyCodec()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("hidden");
    }

    private ShelfStore open(DatabaseSettings heads, MongoSettings entries, long writer) {
        return ShelfStore.open(
                heads,
                folder.resolve(Long.toString(writer)),
                MongoShelf.open(entries, new RecordBodyCodec()),
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
