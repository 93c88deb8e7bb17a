package io.magpie.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.cluster.Soon;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.session.Session;
import io.magpie.core.session.TestConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is online, asked and watched from any node.
class ManyNodesPresenceTest {
    private final TestCluster cluster = new TestCluster();
    private final TestNode a = cluster.start("a", 1);
    private final TestNode b = cluster.start("b", 1);
    private final TestConnection watching = new TestConnection();
    private final Session watcher = a.admit(1, "w", watching);

    @AfterEach
    void stopAll() {
        cluster.close();
    }

    @Test
    void aQuestionIsAnsweredRightOnAnyNode() {
        b.connect(2);
        var states = a.presence.watch(watcher, List.of(1L, 2L, 3L));
        assertThat(online(states)).containsExactlyInAnyOrder(1L, 2L);
        assertThat(states.stream().filter(PresenceState::online))
                .allSatisfy(state -> assertThat(state.platforms()).isNotEmpty());
    }

    @Test
    void transitionsOnOtherNodesAreTold() {
        a.presence.watch(watcher, List.of(2L));
        var session = b.admit(2, "d", new TestConnection());
        told(List.of(true));
        b.disconnect(session);
        told(List.of(true, false));
    }

    @Test
    void f13WhoComesBackElsewhereBeforeTheDeathIsNoticedStaysOnline() {
        b.connect(2);
        a.presence.watch(watcher, List.of(2L));
        a.connect(2, "again");
        tick();
        b.die();
        tick();
        assertThat(last().online()).isTrue();
        assertThat(changes()).doesNotContain(false);
    }

    @Test
    void theUsersOfADeadNodeGoOfflineOnce() {
        b.connect(2);
        a.presence.watch(watcher, List.of(2L));
        b.die();
        told(List.of(false));
        tick();
        assertThat(changes()).containsExactly(false);
    }

    /// Of those who are watched the watchers hear it, the others are found in the directory.
    @Test
    void theUsersOfADeadNodeWereLastSeenWhenItDied() {
        b.connect(2);
        b.connect(3);
        b.connect(4);
        a.presence.watch(watcher, List.of(2L, 5L));
        a.connect(4, "again");
        cluster.now.addAndGet(5_000);
        long death = cluster.now.get();
        b.die();
        cluster.now.addAndGet(5_000);
        told(List.of(false));
        assertThat(last().lastSeenAt()).isEqualTo(death);
        a.survivor.next();
        var states = a.presence.watch(watcher, List.of(2L, 3L, 4L, 5L));
        assertThat(states.stream().map(PresenceState::lastSeenAt)).containsExactlyInAnyOrder(death, death, 0L, 0L);
    }

    @Test
    void whatWasNotToldIsAskedFor() {
        a.presence.watch(watcher, List.of(2L));
        cluster.bus.lose(_ -> true);
        b.connect(2);
        b.presence.publish();
        Soon.until("it is lost", () -> b.stats.records() > 0);
        cluster.bus.lose(_ -> false);
        a.doubts.ofEverything();
        a.doubts.next();
        told(List.of(true));
    }

    /// 100 transitions cost one record per other node and tick, however many watch.
    @Test
    void f38TransitionsTravelInBatches() {
        var users = LongStream.rangeClosed(100, 199).boxed().toList();
        var watchers = new ArrayList<TestConnection>();
        for (long i = 0; i < 200; i++) {
            var connection = new TestConnection();
            a.presence.watch(a.admit(1_000 + i, "w", connection), users);
            watchers.add(connection);
        }
        tick();
        Soon.until("quiet", () -> b.stats.waitingBytes() == 0 && a.stats.waitingBytes() == 0);
        long before = b.stats.facts();
        users.forEach(b::connect);
        b.presence.publish();
        Soon.until("everybody is told", () -> {
            a.presence.publish();
            return watchers.stream().allMatch(w -> changed(w) == 100);
        });
        assertThat(b.stats.facts()).isEqualTo(before + 1);
    }

    private void told(List<Boolean> expected) {
        Soon.until("the watcher is told " + expected, () -> {
            b.presence.publish();
            a.presence.publish();
            return changes().equals(expected);
        });
    }

    private void tick() {
        b.presence.publish();
        a.presence.publish();
    }

    private List<Boolean> changes() {
        return states(watching).stream().map(PresenceState::online).toList();
    }

    private PresenceState last() {
        return states(watching).getLast();
    }

    private static int changed(TestConnection connection) {
        return states(connection).size();
    }

    private static List<PresenceState> states(TestConnection connection) {
        return connection.told().stream()
                .filter(Event.Presence.class::isInstance)
                .flatMap(event -> ((Event.Presence) event).states().stream())
                .toList();
    }

    private static List<Long> online(List<PresenceState> states) {
        return states.stream()
                .filter(PresenceState::online)
                .map(PresenceState::user)
                .toList();
    }
}
