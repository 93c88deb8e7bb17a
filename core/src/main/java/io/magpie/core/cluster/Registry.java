package io.magpie.core.cluster;

import java.util.List;
import java.util.function.Consumer;

/// Port: which nodes live. A node that stops renewing is gone from everybody's list within 10 s, one that closes
/// sooner; one that was announced, and every change of it, is in everybody's list within 5 s. While the engine
/// does not answer the list stays as it was last heard, this node included.
///
/// Of two incarnations of a node the later one is listed. **Thread.** Everything but `nodes` may block for a
/// second or two; what the engine refuses is tried again, not thrown. Listeners are called on the registry's
/// own thread, one call at a time, and at least once after every change.
public interface Registry extends AutoCloseable {
    /// Announces this node, or replaces what was announced; the adapter renews it until [#close]. In this
    /// node's own list when it returns.
    void announce(Node node);

    /// Living nodes as last heard, this one included, by id. Never blocks.
    List<Node> nodes();

    void onChange(Consumer<List<Node>> listener);

    @Override
    void close();
}
