package io.magpie.adapter.redis;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.NodeFields;
import java.util.Optional;

/// A node as a value in Redis: the number of its incarnation on a line of its own, for scripts to compare, and its
/// fields below; none in a farewell.
final class NodeText {
    private NodeText() {}

    static String of(Node node) {
        return node.incarnation() + "\n" + NodeFields.text(node);
    }

    static String farewell(Incarnation of) {
        return of.number() + "\n";
    }

    static long incarnation(String text) {
        return Long.parseLong(text.substring(0, text.indexOf('\n')));
    }

    /// Empty for a farewell.
    static Optional<Node> node(String text) {
        return NodeFields.node(text.substring(text.indexOf('\n') + 1));
    }
}
