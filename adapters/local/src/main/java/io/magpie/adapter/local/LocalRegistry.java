package io.magpie.adapter.local;

import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The registry of a node that is alone: it lives as long as the process. Listeners are called on the announcing
/// thread.
public final class LocalRegistry implements Registry {
    private final List<Consumer<List<Node>>> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Node> nodes = List.of();

    @Override
    public synchronized void announce(Node node) {
        publish(List.of(node));
    }

    @Override
    public List<Node> nodes() {
        return nodes;
    }

    @Override
    public void onChange(Consumer<List<Node>> listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized void close() {
        publish(List.of());
    }

    private void publish(List<Node> now) {
        nodes = now;
        listeners.forEach(listener -> listener.accept(now));
    }
}
