package io.magpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.e2e.harness.Node;
import io.magpie.e2e.harness.Person;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server whose history is in two databases through ShardingSphere-JDBC, by configuration alone.
class ShardedHistoryIT {
    private static final int BURST = 300;

    @TempDir
    Path folder;

    /// F4, F9: two conversations, one in each database, while server and MariaDB die.
    @Test
    void f4f9_nothingAcknowledgedIsLostWhenServerAndDatabaseDie() throws Exception {
        try (var mariadb = Engine.MARIADB.start()) {
            execute(mariadb, "CREATE DATABASE first");
            execute(mariadb, "CREATE DATABASE second");
            try (var node = Node.started(folder, settings(mariadb))) {
                var conversations = conversations(node);
                var unsure = burst(node, conversations, "a", () -> killed(mariadb));
                resend(node, conversations, "a", unsure);
                unsure = burst(node, conversations, "b", () -> kill(node));
                killed(mariadb);
                node.start();
                resend(node, conversations, "b", unsure);
                edited(node, conversations);
                for (var conversation : conversations) {
                    everythingOnce(node, conversation);
                }
                // An engine that is away for a moment is no error of the server's.
                assertThat(node.errors()).isEmpty();
            }
            assertThat(rows(mariadb, "first")).isGreaterThanOrEqualTo(BURST);
            assertThat(rows(mariadb, "second")).isGreaterThanOrEqualTo(BURST);
            assertThat(rows(mariadb, "magpie")).isZero();
        }
    }

    private static String[] settings(RunningEngine mariadb) {
        return new String[] {
            "store=mysql",
            "mysql.url=" + mariadb.url(),
            "mysql.user=" + mariadb.user(),
            "mysql.password=" + mariadb.password(),
            "history.in=sharded",
            "sharding.urls=[%s, %s]".formatted(url(mariadb, "first"), url(mariadb, "second")),
            "sharding.user=" + mariadb.user(),
            "sharding.password=" + mariadb.password()
        };
    }

    /// Two that begin one after the other, so their keys follow each other.
    private static List<String> conversations(Node node) throws IOException {
        try (var ann = Person.of(node, "ann");
                var bob = Person.of(node, "bob");
                var cid = Person.of(node, "cid")) {
            var conversations = List.of(Conversations.direct(ann, bob), Conversations.direct(ann, cid));
            conversations.forEach(conversation -> ann.say(conversation, "Hello"));
            return conversations;
        }
    }

    /// Sends without waiting, in both, and ends something when a part of the answers is there.
    private static List<CompletableFuture<JsonNode>> burst(
            Node node, List<String> conversations, String prefix, Runnable end) throws Exception {
        try (var ann = Person.of(node, "ann")) {
            List<CompletableFuture<JsonNode>> sent = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                sent.add(ann.starting(conversations.get(i % 2), prefix + i, "Burst"));
            }
            Person.reply(sent.get(BURST / 3));
            end.run();
            // Answers, refusals, or the end of the connection.
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .exceptionally(_ -> null)
                    .get(Person.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return sent;
        }
    }

    /// What was acknowledged has its old answer, everything else gets one.
    private static void resend(
            Node node, List<String> conversations, String prefix, List<CompletableFuture<JsonNode>> before)
            throws Exception {
        try (var ann = Person.of(node, "ann")) {
            int acknowledged = 0;
            for (int i = 0; i < BURST; i++) {
                var reply = sent(ann, conversations.get(i % 2), prefix + i);
                var earlier = answer(before.get(i));
                if (earlier != null && earlier.path("type").asString("").equals("sent")) {
                    acknowledged++;
                    assertThat(Person.seq(reply)).isEqualTo(Person.seq(earlier));
                    assertThat(reply.path("duplicate").asBoolean()).isTrue();
                }
            }
            assertThat(acknowledged).isGreaterThan(1);
        }
    }

    private static JsonNode sent(Person person, String conversation, String clientId) throws InterruptedException {
        while (true) {
            var reply = Person.reply(person.starting(conversation, clientId, "Burst"));
            if (!reply.path("code").asString("").equals("unavailable")) {
                return reply;
            }
            Thread.sleep(100);
        }
    }

    private static @Nullable JsonNode answer(CompletableFuture<JsonNode> reply) {
        try {
            return reply.join();
        } catch (CompletionException _) {
            return null;
        }
    }

    private static void edited(Node node, List<String> conversations) throws IOException {
        try (var ann = Person.of(node, "ann")) {
            for (var conversation : conversations) {
                ann.done("edit", "conversation", conversation, "seq", 1, "content", Person.text("Edited"));
                ann.done("recall", "conversation", conversation, "seq", 2);
            }
        }
    }

    private static void everythingOnce(Node node, String conversation) throws IOException {
        try (var ann = Person.of(node, "ann")) {
            var entries = ann.history(conversation, 0);
            // The greeting, half of both bursts, an edit and a recall.
            assertThat(entries)
                    .extracting(entry -> entry.path("seq").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, BURST + 3).boxed().toList());
            assertThat(entries)
                    .extracting(entry -> entry.path("clientId").asString(""))
                    .filteredOn(clientId -> clientId.matches("[ab][0-9]+"))
                    .hasSize(BURST)
                    .doesNotHaveDuplicates();
            assertThat(entries.get(0).toString()).contains("Edited");
            assertThat(entries.get(1).toString()).doesNotContain("Burst");
        }
    }

    /// And started again: it recovers what it had said to be committed.
    private static void killed(RunningEngine mariadb) {
        mariadb.kill();
        mariadb.restart();
    }

    private static void kill(Node node) {
        try {
            node.kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(RunningEngine mariadb, String database) {
        return mariadb.url().replaceFirst("/magpie$", "/" + database);
    }

    private static Connection connect(RunningEngine mariadb, String database) throws SQLException {
        return DriverManager.getConnection(url(mariadb, database), mariadb.user(), mariadb.password());
    }

    private static void execute(RunningEngine mariadb, String sql) throws SQLException {
        try (var connection = connect(mariadb, "magpie");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long rows(RunningEngine mariadb, String database) throws SQLException {
        try (var connection = connect(mariadb, database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM entry")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
