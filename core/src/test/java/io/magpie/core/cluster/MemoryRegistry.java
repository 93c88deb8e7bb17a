package io.magpie.core.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A registry between nodes of one process, for tests. A node dies when the test says so.
public final class MemoryRegistry implements Registry {
    /// What all nodes share.
    public static final class Board {
        private final Map<String, Node> nodes = new TreeMap<>();
        private final List<Consumer<List<Node>>> listeners = new CopyOnWriteArrayList<>();

        public MemoryRegistry join(Incarnation me) {
            return new MemoryRegistry(this, me);
        }

        /// The node is gone without a word.
        public void kill(Incarnation dead) {
            change(() -> nodes.computeIfPresent(
                    dead.node(), (_, node) -> node.incarnation() == dead.number() ? null : node));
        }

        private synchronized void change(Runnable change) {
            change.run();
            var now = list();
            listeners.forEach(listener -> listener.accept(now));
        }

        private synchronized List<Node> list() {
            return new ArrayList<>(nodes.values());
        }
    }

    private final Board board;
    private final Incarnation me;

    private MemoryRegistry(Board board, Incarnation me) {
        this.board = board;
        this.me = me;
    }

    @Override
    public void announce(Node node) {
        board.change(() ->
                board.nodes.merge(node.id(), node, (old, now) -> now.incarnation() < old.incarnation() ? old : now));
    }

    @Override
    public List<Node> nodes() {
        return board.list();
    }

    @Override
    public void onChange(Consumer<List<Node>> listener) {
        board.listeners.add(listener);
    }

    @Override
    public void close() {
        board.kill(me);
    }
}
