package io.magpie.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.MemoryRegistry;
import io.magpie.core.cluster.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HashDirectoryTest {
    private static final List<Long> USERS =
            LongStream.rangeClosed(1, 3_000).boxed().toList();

    private final MemoryRegistry.Board board = new MemoryRegistry.Board();
    private final Incarnation a = new Incarnation("a", 1);
    private final MemoryRegistry registry = board.join(a);
    private long now = 1_000_000;
    private final HashDirectory directory = new HashDirectory(a, registry, () -> Instant.ofEpochMilli(now));

    @Test
    void usersAreSpreadEvenlyAndAllNodesAgree() {
        up("a", "b", "c");
        var elsewhere = new HashDirectory(new Incarnation("b", 1), registry, () -> Instant.ofEpochMilli(now));
        Map<String, Integer> counts = new HashMap<>();
        for (long user : USERS) {
            counts.merge(home(user), 1, Integer::sum);
            assertThat(elsewhere.of(user)).isEqualTo(directory.of(user));
        }
        assertThat(counts).containsOnlyKeys("a", "b", "c");
        assertThat(counts.values()).allMatch(count -> count > 900 && count < 1_100);
    }

    @Test
    void aNodeThatComesTakesOnlyItsShare() {
        up("a", "b", "c");
        var before = USERS.stream().map(this::home).toList();
        up("d");
        var moved = new ArrayList<String>();
        for (int i = 0; i < USERS.size(); i++) {
            var home = home(USERS.get(i));
            if (!home.equals(before.get(i))) {
                moved.add(home);
            }
        }
        assertThat(moved).allMatch("d"::equals).hasSizeBetween(600, 900);
    }

    @Test
    void theOldHomeIsFoundForAMinute() {
        up("a", "b");
        long user = USERS.stream().filter(u -> home(u).equals("b")).findFirst().orElseThrow();
        announce("b", Node.State.DRAINING);
        assertThat(home(user)).isEqualTo("a");
        assertThat(directory.find(List.of(user), List.of()).users())
                .isEqualTo(Map.of(user, Set.of(new Incarnation("b", 1))));
        board.kill(new Incarnation("b", 1));
        assertThat(directory.find(List.of(user), List.of())).isEqualTo(Directory.Found.NOBODY);
    }

    @Test
    void aHomeOfTheLastMinuteIsFoundBesidesTheNewOne() {
        up("b", "c");
        var before = new HashMap<Long, String>();
        USERS.forEach(user -> before.put(user, home(user)));
        up("d");
        long user = USERS.stream()
                .filter(u -> home(u).equals("d") && before.getOrDefault(u, "").equals("b"))
                .findFirst()
                .orElseThrow();
        assertThat(holders(user)).containsExactlyInAnyOrder("b", "d");
        now += 61_000;
        up("e");
        assertThat(holders(user)).doesNotContain("b");
    }

    @Test
    void groupsMayBeAnywhereElse() {
        up("a", "b", "c");
        assertThat(directory.find(List.of(), List.of(7L)).groups())
                .isEqualTo(Map.of(7L, Set.of(new Incarnation("b", 1), new Incarnation("c", 1))));
    }

    private List<String> holders(long user) {
        return directory.find(List.of(user), List.of()).users().getOrDefault(user, Set.of()).stream()
                .map(Incarnation::node)
                .toList();
    }

    private String home(long user) {
        return directory.of(user).orElseThrow().id();
    }

    private void up(String... nodes) {
        for (String node : nodes) {
            announce(node, Node.State.UP);
        }
    }

    private void announce(String node, Node.State state) {
        registry.announce(new Node(node, 1, state, "ws://" + node + ":1/ws", "", "", 0));
    }
}
