package io.magpie.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Heard;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import io.magpie.core.cluster.Soon;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A Redis that forgets everything, dies, comes back, or hangs.
class RedisFailureIT {
    private static final Incarnation A = new Incarnation("a", 1);
    private static final Incarnation B = new Incarnation("b", 1);
    private static final RunningEngine SERVER = Engine.REDIS.start();

    private final Redis redis = Redis.at(SERVER.url(), "magpie:");

    @BeforeAll
    static void serverRuns() {
        assertThat(SERVER.isRunning()).isTrue();
    }

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    @BeforeEach
    void beginWithNothing() {
        wipe();
    }

    @AfterEach
    void closeRedis() {
        redis.close();
    }

    @Test
    void f2AWipedDirectoryIsNoticedOnceByEachNode() {
        try (var a = redis.directory(A);
                var b = redis.directory(B)) {
            a.add(List.of(1L), List.of());
            b.add(List.of(2L), List.of());
            wipe();
            assertThat(a.intact()).isFalse();
            assertThat(a.intact()).isTrue();
            assertThat(b.find(List.of(1L), List.of())).isEqualTo(Directory.Found.NOBODY);
            a.add(List.of(1L), List.of());
            assertThat(b.find(List.of(1L), List.of()).users()).containsOnlyKeys(1L);
            assertThat(b.intact()).isFalse();
        }
    }

    @Test
    void f36ANodeThatWasForgottenAndLivesFindsOut() {
        try (var a = redis.directory(A);
                var b = redis.directory(B)) {
            a.add(List.of(1L), List.of());
            assertThat(a.intact()).isTrue();
            b.forget(A);
            assertThat(a.intact()).isFalse();
        }
    }

    @Test
    void whileRedisIsAwayCallsFailSoonAndWorkAgainAfterwards() {
        try (var a = redis.directory(A)) {
            a.add(List.of(1L), List.of());
            SERVER.kill();
            assertThatThrownBy(() -> a.find(List.of(1L), List.of())).isInstanceOf(Directory.UnavailableException.class);
            SERVER.restart();
            Soon.until("the directory answers", () -> answers(a));
            Soon.until("the loss of its rows is noticed", () -> lost(a));
        }
    }

    @Test
    void f30ARestartIsAGapAndThenRecordsArriveAgain() {
        try (var a = redis.bus(A);
                var b = redis.bus(B)) {
            var heardByA = new Heard();
            var heardByB = new Heard();
            a.subscribe(heardByA);
            b.subscribe(heardByB);
            a.publish("b", bytes("before"));
            Soon.until("b hears", () -> heardByB.records().contains("before"));
            SERVER.kill();
            Soon.until("the publisher is told", () -> {
                a.publish("b", bytes("lost"));
                return heardByA.failed().contains("lost");
            });
            SERVER.restart();
            Soon.until("both are told of the gap", () -> heardByA.gaps() > 0 && heardByB.gaps() > 0);
            Soon.until("records arrive again", () -> {
                a.publish("b", bytes("after"));
                return heardByB.records().contains("after");
            });
        }
    }

    @Test
    void aHangingRedisHoldsNobodyUpAndIsAGapAfterwards() {
        try (var a = redis.bus(A);
                var b = redis.bus(B)) {
            var heardByA = new Heard();
            var heardByB = new Heard();
            a.subscribe(heardByA);
            b.subscribe(heardByB);
            SERVER.pause();
            try {
                a.publish("b", bytes("stuck"));
                Soon.until("the publisher is told", () -> heardByA.failed().contains("stuck"));
            } finally {
                SERVER.resume();
            }
            Soon.until("records arrive again", () -> {
                a.publish("b", bytes("after"));
                return heardByB.records().contains("after");
            });
        }
    }

    @Test
    void f1AWipedOrRestartedRedisKillsNoNode() {
        try (var a = redis.registry(A);
                var b = redis.registry(B)) {
            List<List<Node>> heard = new CopyOnWriteArrayList<>();
            a.announce(node("a"));
            b.announce(node("b"));
            Soon.until(
                    "both are listed", () -> a.nodes().size() == 2 && b.nodes().size() == 2);
            a.onChange(heard::add);
            wipe();
            SERVER.kill();
            SERVER.restart();
            Soon.until("the keys are back", () -> keys(redis.connect()) >= 2);
            Soon.until("b is seen again", () -> listed(a, 2) && listed(b, 2));
            assertThat(heard).isEmpty();
        }
    }

    private static int keys(StatefulRedisConnection<String, String> connection) {
        try (connection) {
            return connection.sync().keys("magpie:node:*").size();
        }
    }

    private static boolean listed(Registry registry, int nodes) {
        return registry.nodes().size() == nodes;
    }

    /// Each of its connections comes back by itself.
    private static boolean lost(Directory directory) {
        try {
            return !directory.intact();
        } catch (Directory.UnavailableException _) {
            return false;
        }
    }

    private static boolean answers(Directory directory) {
        try {
            directory.find(List.of(1L), List.of());
            return true;
        } catch (Directory.UnavailableException _) {
            return false;
        }
    }

    private static void wipe() {
        try (var client = RedisClient.create(SERVER.url());
                var connection = client.connect()) {
            connection.sync().flushall();
        }
    }

    private static Node node(String id) {
        return new Node(id, 1, Node.State.UP, "ws://127.0.0.1:1/ws", "", "", 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
