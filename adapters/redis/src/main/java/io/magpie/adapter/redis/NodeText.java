package io.magpie.adapter.redis;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import java.util.List;

/// A node as a value in Redis: lines, the incarnation first. A later version may add lines.
final class NodeText {
    private static final String FAREWELL = "GONE";
    private static final int LINES = 6;

    private NodeText() {}

    static String of(Node node) {
        return String.join(
                "\n",
                Long.toString(node.incarnation()),
                node.state().name(),
                Long.toString(node.load()),
                node.websocket(),
                node.tcp(),
                node.socketio());
    }

    static String farewell(Incarnation of) {
        return of.number() + "\n" + FAREWELL;
    }

    static boolean isFarewell(String text) {
        var lines = lines(text);
        return lines.size() < LINES || lines.get(1).equals(FAREWELL);
    }

    static long incarnation(String text) {
        return Long.parseLong(lines(text).getFirst());
    }

    static Node node(String id, String text) {
        var lines = lines(text);
        return new Node(
                id,
                Long.parseLong(lines.getFirst()),
                Node.State.valueOf(lines.get(1)),
                lines.get(3),
                lines.get(4),
                lines.get(5),
                Long.parseLong(lines.get(2)));
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }
}
