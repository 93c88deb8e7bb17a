package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.adapter.jdbc.SqliteBackup;
import io.magpie.adapter.jdbc.database.DatabaseSettings;
import io.magpie.adapter.jdbc.database.Dialect;
import io.magpie.adapter.jdbc.move.StoreImport;
import io.magpie.bench.target.Address;
import io.magpie.cluster.FleetNode;
import io.magpie.e2e.harness.Group;
import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.engines.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What people had on a node with the embedded store, before it moved into the database of a fleet.
///
/// @param seen by each of them: what `sync` and `history` told, to the byte
record GrownUp(Map<String, Map<String, String>> seen) {
    private static final List<String> PEOPLE = List.of("f16-ann", "f16-bob", "f16-cleo");
    private static final int MESSAGES = 40;

    /// @param fleet the folder of a fleet that has not been started yet
    static GrownUp from(Path embedded, Path fleet) throws IOException, InterruptedException {
        Map<String, Map<String, String>> seen = new LinkedHashMap<>();
        Files.createDirectories(embedded);
        try (var node = Node.started(embedded)) {
            talk(node);
            for (String subject : PEOPLE) {
                seen.put(subject, look(node.realtime(), node.token(subject)));
            }
        }
        Path moved = embedded.resolve("moved.db");
        SqliteBackup.backup(embedded.resolve("data"), moved);
        // A fleet keeps its engines there and goes on with what is there.
        try (var database = Engine.MARIADB.start(fleet.resolve("engines").resolve(Engine.MARIADB.id()))) {
            var settings =
                    new DatabaseSettings(Dialect.MYSQL, database.url(), database.user(), database.password(), 1, 1);
            assertThat(StoreImport.run(moved, settings, (_, _, _) -> {})).isGreaterThan(2 * MESSAGES);
        }
        return new GrownUp(seen);
    }

    private static void talk(Node node) throws IOException {
        try (var ann = Person.of(node, PEOPLE.get(0));
                var bob = Person.of(node, PEOPLE.get(1));
                var cleo = Person.of(node, PEOPLE.get(2))) {
            var pair = Conversations.direct(ann, bob);
            var group = Group.of(node, PEOPLE.get(0), bob, cleo).conversation();
            for (int i = 1; i <= MESSAGES; i++) {
                ann.say(pair, "Nr. " + i + " – 数字 🎉");
                cleo.say(group, "To all, " + i);
            }
            bob.done("react", "conversation", pair, "seq", 3, "emoji", "👍", "active", true);
            ann.done("edit", "conversation", pair, "seq", 4, "content", Person.text("better"));
            ann.done("recall", "conversation", pair, "seq", 5);
            bob.done("read", "conversation", pair, "seq", 30);
        }
    }

    private static Map<String, String> look(Address at, String token) throws IOException {
        try (var person = Person.connected(at, token, "looker", _ -> {})) {
            Map<String, String> seen = new LinkedHashMap<>();
            person.synced(0).forEach((conversation, item) -> {
                seen.put(conversation, item.toString());
                seen.put(
                        "history of " + conversation,
                        person.history(conversation, 0).toString());
            });
            return seen;
        }
    }

    void isThere(FleetNode node) throws IOException {
        for (String subject : PEOPLE) {
            assertThat(look(Guests.webSocket(node), Guests.token(subject)))
                    .as("%s on %s", subject, node.id())
                    .isEqualTo(seen.get(subject));
        }
    }
}
