package io.magpie.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.cluster.Homes;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.MemoryRegistry;
import io.magpie.core.cluster.Node;
import io.magpie.core.command.Event;
import io.magpie.core.session.Sessions;
import io.magpie.core.session.TestConnection;
import io.magpie.core.session.TestSessions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final Incarnation ME = new Incarnation("a", 1);

    private final MemoryRegistry.Board board = new MemoryRegistry.Board();
    private final MemoryRegistry registry = board.join(ME);
    private final Placement placement = new Placement(ME, registry, Homes.ANYWHERE, new Random(1));

    @Test
    void theLeastLoadedNodeIsNamed() {
        announce("a", Node.State.UP, 5);
        announce("b", Node.State.UP, 3);
        announce("c", Node.State.UP, 4);
        assertThat(placement.of(1)).map(Node::id).contains("b");
    }

    @Test
    void f39NoNodeThatStartsDrainsOrIsDeadIsNamed() {
        assertThat(placement.of(1)).isEmpty();
        announce("a", Node.State.UP, 5);
        announce("b", Node.State.DRAINING, 0);
        announce("c", Node.State.STARTING, 0);
        announce("d", Node.State.UP, 1);
        assertThat(placement.of(1)).map(Node::id).contains("d");
        board.kill(new Incarnation("d", 1));
        assertThat(placement.of(1)).map(Node::id).contains("a");
        assertThat(placement.elsewhere()).isEmpty();
    }

    @Test
    void whoLeavesIsSpreadOverTheOthers() {
        for (String node : List.of("a", "b", "c", "d")) {
            announce(node, Node.State.UP, 0);
        }
        Set<String> named = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            placement.elsewhere().map(Node::id).ifPresent(named::add);
        }
        assertThat(named).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    void strangersAreSentHomeAFewAtATime() {
        announce("b", Node.State.UP, 0);
        var home = registry.nodes().getFirst();
        var sessions = new Sessions();
        var connections = new ArrayList<TestConnection>();
        for (long user = 1; user <= 1_000; user++) {
            var connection = new TestConnection();
            sessions.add(TestSessions.session(user, connection));
            connections.add(connection);
        }
        Homes homes = user -> user % 2 == 0 ? Optional.of(home) : Optional.empty();
        new HomeComing(ME, homes, sessions, new Random(1)).next();
        var sent = connections.stream().filter(c -> !c.told().isEmpty()).toList();
        assertThat(sent)
                .hasSize(50)
                .allSatisfy(connection -> assertThat(connection.told())
                        .singleElement()
                        .isInstanceOfSatisfying(Event.Bye.class, bye -> {
                            assertThat(bye.reason()).isEqualTo(Event.Bye.Reason.MOVED);
                            assertThat(bye.url()).isEqualTo("ws://b:1/ws");
                        }));
    }

    private void announce(String node, Node.State state, long load) {
        registry.announce(new Node(node, 1, state, "ws://" + node + ":1/ws", "", "", load));
    }
}
