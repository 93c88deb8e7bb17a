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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a store whose database fails.
class DatabaseFailureIT {
    private static final ConversationId PAIR = ConversationId.direct(1, 2);

    /// F4, F9: nothing acknowledged is lost, and what nobody knows the outcome of is stored once in the end.
    @ParameterizedTest
    @EnumSource
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
    void aFrozenDatabaseIsUnavailableUntilItGoesOn(Dialect dialect) {
        try (var server = Databases.start(dialect)) {
            var settings = Databases.create(dialect, server);
            try (var node = open(settings)) {
                node.log().append(List.of(draft("a")), 1);
                server.pause();
                assertThatThrownBy(() -> node.log().append(List.of(draft("b")), 2))
                        .isInstanceOf(StoreUnavailableException.class);
                server.resume();
                assertThat(node.problem()).isEmpty();
                assertThat(node.log().append(List.of(draft("b")), 3))
                        .first()
                        .isInstanceOfSatisfying(
                                AppendResult.Stored.class,
                                stored -> assertThat(stored.seq()).isEqualTo(2));
                assertThat(node.log().ascending(PAIR, 1, 9, 9)).hasSize(2);
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
