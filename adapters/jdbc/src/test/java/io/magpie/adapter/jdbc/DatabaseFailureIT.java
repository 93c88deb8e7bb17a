package io.magpie.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.AppendResult;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Draft;
import io.magpie.core.log.Mentions;
import io.magpie.core.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a store whose database fails.
class DatabaseFailureIT {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    /// F4, F9: nothing acknowledged is lost, and what nobody knows the outcome of is stored once in the end.
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void f4f9TheDatabaseIsKilledUnderLoad(Dialect dialect) throws Exception {
        try (var server = Databases.start(dialect)) {
            var settings = Databases.create(dialect, server);
            var load = new Load();
            try (var one = open(settings);
                    var two = open(settings);
                    var threads = Executors.newCachedThreadPool()) {
                var senders = new ArrayList<Future<?>>();
                for (int sender = 1; sender <= 4; sender++) {
                    int number = sender;
                    senders.add(threads.submit(() -> load.send(number, 60, List.of(one.log(), two.log()))));
                }
                for (int kills = 1; kills <= 2; kills++) {
                    while (load.answered() < kills * 500) {
                        Thread.sleep(2);
                    }
                    server.kill();
                    int refused = load.refused();
                    while (load.refused() == refused) {
                        Thread.sleep(2);
                    }
                    assertThat(one.problem().or(two::problem)).isPresent();
                    server.restart();
                }
                for (var sender : senders) {
                    sender.get();
                }
                assertThat(load.answered()).isEqualTo(4 * 60 * 8);
                load.verify(one.log());
                load.verify(two.log());
                assertThat(one.problem()).isEmpty();
                assertThat(two.problem()).isEmpty();
            }
        }
    }

    /// A database that stands still answers nobody, and is given up on in time.
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void aFrozenDatabaseIsUnavailableUntilItGoesOn(Dialect dialect) {
        try (var server = Databases.start(dialect)) {
            var settings = Databases.create(dialect, server);
            try (var node = open(settings)) {
                int[] stored = {0};
                server.pause();
                // It may take a few more before it stands still.
                assertThatThrownBy(() -> {
                            while (stored[0] < 10_000) {
                                node.log().append(List.of(draft("m" + stored[0])), 1);
                                stored[0]++;
                            }
                        })
                        .isInstanceOf(StoreUnavailableException.class);
                server.resume();
                assertThat(node.problem()).isEmpty();
                assertThat(node.log().append(List.of(draft("m" + stored[0])), 3))
                        .first()
                        .isInstanceOfSatisfying(
                                AppendResult.Stored.class,
                                answer -> assertThat(answer.seq()).isEqualTo(stored[0] + 1));
                assertThat(node.log().ascending(PAIR, 1, 99_999, 99_999)).hasSize(stored[0] + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutADatabaseItDoesNotOpenAndSaysWhy(Dialect dialect) {
        var server = Databases.server(dialect);
        var settings = new DatabaseSettings(dialect, server.url(), server.user(), "wrong", 2, 2);
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("magpie")
                .hasMessageNotContaining("wrong");
    }

    private static DatabaseStore open(DatabaseSettings settings) {
        return DatabaseStore.open(settings, Databases.folder(), SqliteFixture.CODEC, InstantSource.system(), 1);
    }

    private static Draft draft(String clientId) {
        var body = new Body.Message(new Content.Text("x"), 0, Mentions.NONE);
        return new Draft(PAIR, 1, clientId, body, Draft.UNCHECKED);
    }
}
