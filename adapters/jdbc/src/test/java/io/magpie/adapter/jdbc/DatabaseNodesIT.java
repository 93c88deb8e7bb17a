package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.core.account.Accounts;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Members;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.storage.Edits;
import io.magpie.core.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Several nodes on one database.
class DatabaseNodesIT {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    /// F5, F8: one order, exactly once, whichever node each batch went to.
    @ParameterizedTest
    @EnumSource
    void f5NodesThatAppendToTheSameConversationsKeepOneOrder(Dialect dialect) throws Exception {
        var settings = Databases.create(dialect);
        var load = new Load();
        try (var one = open(settings);
                var two = open(settings);
                var threads = Executors.newCachedThreadPool()) {
            var work = new ArrayList<Callable<Boolean>>();
            for (int sender = 1; sender <= 6; sender++) {
                int number = sender;
                work.add(() -> {
                    load.send(number, 40, List.of(one.log(), two.log()));
                    return true;
                });
            }
            for (var node : List.of(one, two)) {
                work.add(() -> readMarks(node));
            }
            all(threads, work);
            assertThat(load.refused()).isZero();
            assertThat(load.answered()).isEqualTo(6 * 40 * 8);
            load.verify(one.log());
            load.verify(two.log());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nodesThatStartAtTheSameTimeMigrateOnceAndShareAnEpoch(Dialect dialect) throws Exception {
        var settings = Databases.create(dialect);
        try (var threads = Executors.newCachedThreadPool()) {
            var starts = new ArrayList<Callable<String>>();
            for (int i = 0; i < 4; i++) {
                starts.add(() -> {
                    try (var node = open(settings)) {
                        return node.epoch();
                    }
                });
            }
            var epochs = all(threads, starts);
            assertThat(epochs).hasSize(4).containsOnly(epochs.getFirst());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneOfTwoWhoTakeANameAtTheSameTimeGetsIt(Dialect dialect) throws Exception {
        var settings = Databases.create(dialect);
        try (var one = open(settings);
                var two = open(settings);
                var threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < 10; i++) {
                String name = "ann" + i;
                var takes = List.<Callable<Boolean>>of(() -> register(one, name), () -> register(two, name));
                assertThat(all(threads, takes)).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    /// A node that stands still in the middle of a transaction keeps the others waiting for seconds, not for ever.
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void aFrozenNodeLosesItsTransaction(Dialect dialect) throws Exception {
        var settings = Databases.create(dialect);
        var holds = new CountDownLatch(1);
        var thawed = new CountDownLatch(1);
        try (var frozen = open(settings);
                var other = open(settings);
                var threads = Executors.newCachedThreadPool()) {
            other.log().append(List.of(draft("first")), 1);
            var standing = threads.submit(() -> frozen.transact(transaction -> {
                transaction.append(draft("lost"), 2);
                holds.countDown();
                await(thawed);
                return Outcome.done(true);
            }));
            await(holds);
            assertThat(other.log().append(List.of(draft("second")), 3))
                    .containsExactly(new AppendResult.Stored(2, 3, false));
            thawed.countDown();
            assertThatThrownBy(standing::get).hasCauseInstanceOf(StoreUnavailableException.class);
            assertThat(other.log().ascending(PAIR, 1, 9, 9))
                    .map(Entry::clientId)
                    .containsExactly("first", "second");
            assertThat(frozen.log().append(List.of(draft("lost")), 4))
                    .containsExactly(new AppendResult.Stored(3, 4, false));
        }
    }

    /// As bytes, whatever the database thinks of them.
    @ParameterizedTest
    @EnumSource
    void clientIdsAndNamesAreWhatTheyAre(Dialect dialect) {
        var settings = Databases.create(dialect);
        try (var node = open(settings)) {
            var ids = List.of("a", "A", "a ", "ä", "a\u0308", "👋", "👋🏽", "\u0000", "ß", "ss");
            for (int i = 0; i < ids.size(); i++) {
                assertThat(node.log().append(List.of(draft(ids.get(i))), 1))
                        .containsExactly(new AppendResult.Stored(i + 1, 1, false));
            }
            for (int i = 0; i < ids.size(); i++) {
                assertThat(node.log().append(List.of(draft(ids.get(i))), 1))
                        .containsExactly(new AppendResult.Stored(i + 1, 1, true));
            }
            assertThat(node.log().ascending(PAIR, 1, 99, 99))
                    .map(Entry::clientId)
                    .containsExactlyElementsOf(ids);
            for (String nickname : List.of("Äpfel 👋", "Apfel", "ÄPFEL", "äpfel🍏")) {
                Edits.in(node, tx -> tx.on(Accounts.Edits.class).insert(null, null, nickname, nickname, "", 1));
            }
            assertThat(node.accounts().search("äPF", 9))
                    .map(account -> account.nickname())
                    .containsExactly("Äpfel 👋", "ÄPFEL", "äpfel🍏");
            assertThat(node.accounts().byExternal("Apfel")).isPresent();
            assertThat(node.accounts().byExternal("apfel")).isEmpty();
        }
    }

    private static DatabaseStore open(DatabaseSettings settings) {
        return DatabaseStore.open(settings, Databases.folder(), SqliteFixture.CODEC, InstantSource.system(), 1);
    }

    private static boolean register(DatabaseStore node, String name) {
        return node.transact(tx -> Outcome.done(tx.on(Accounts.Edits.class)
                        .insert(name, null, null, name, "", 1)
                        .isPresent()))
                .outcome()
                .equals(Outcome.done(true));
    }

    /// Many rows of different conversations in one transaction, in an order that differs from node to node.
    private static boolean readMarks(DatabaseStore node) {
        for (int round = 1; round < 60; round++) {
            int seq = round;
            Edits.in(node, tx -> {
                for (int pair = 0; pair < 12; pair++) {
                    int peer = 2 + (seq % 2 == 0 ? pair : 11 - pair);
                    tx.on(Members.Edits.class).advance(ConversationId.direct(1, peer), 1, seq, seq, seq);
                }
            });
        }
        return true;
    }

    private static Draft draft(String clientId) {
        var body = new Body.Message(new Content.Text("x"), 0, Mentions.NONE);
        return new Draft(PAIR, 1, clientId, body, Draft.UNCHECKED);
    }

    private static <T> List<T> all(ExecutorService threads, List<Callable<T>> work) throws Exception {
        var results = new ArrayList<T>();
        for (Future<T> done : threads.invokeAll(work)) {
            results.add(done.get());
        }
        return results;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
