package io.magpie.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Registry] promises to one node.
public abstract class RegistryContract {
    private static final Node NODE =
            new Node("a", 1, Node.State.UP, "ws://127.0.0.1:1/ws", "", "http://127.0.0.1:1", 0);

    private Registry registry;

    protected abstract Registry open();

    @BeforeEach
    final void openRegistry() {
        registry = open();
    }

    @AfterEach
    final void closeRegistry() {
        registry.close();
    }

    @Test
    void nobodyLivesBeforeTheFirstAnnouncement() {
        assertThat(registry.nodes()).isEmpty();
    }

    @Test
    void whatIsAnnouncedIsSeenAndReplaced() {
        registry.announce(NODE);
        assertThat(registry.nodes()).containsExactly(NODE);

        var draining = new Node("a", 1, Node.State.DRAINING, NODE.websocket(), "", NODE.socketio(), 3);
        registry.announce(draining);
        assertThat(registry.nodes()).containsExactly(draining);
    }

    @Test
    void listenersHearOfEveryChange() {
        List<List<Node>> heard = new CopyOnWriteArrayList<>();
        registry.onChange(heard::add);
        registry.announce(NODE);
        Soon.until("the listener hears", () -> heard.contains(List.of(NODE)));
    }

    @Test
    void aClosedNodeIsGone() {
        registry.announce(NODE);
        registry.close();
        assertThat(registry.nodes()).isEmpty();
    }
}
