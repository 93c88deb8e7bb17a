package io.magpie.core.cluster;

import java.util.List;
import java.util.function.Consumer;

/// Port: which nodes live. A node that stops renewing is gone from everybody's list within 10 s.
///
/// **Thread.** Everything but `nodes` may block; listeners are called on the registry's own thread, one call at a
/// time, and at least once after every change.
public interface Registry extends AutoCloseable {
    /// Announces this node, or replaces what was announced; the adapter renews it until [#close].
    void announce(Node node);

    /// Living nodes as last heard, this one included, by id. Never blocks.
    List<Node> nodes();

    void onChange(Consumer<List<Node>> listener);

    @Override
    void close();
}
