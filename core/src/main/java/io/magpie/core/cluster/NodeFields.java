package io.magpie.core.cluster;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A [Node] as registries keep it: names and texts, which later versions may add to.
public final class NodeFields {
    private NodeFields() {}

    public static Map<String, String> of(Node node) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("id", node.id());
        fields.put("incarnation", Long.toString(node.incarnation()));
        fields.put("state", node.state().name());
        fields.put("websocket", node.websocket());
        fields.put("tcp", node.tcp());
        fields.put("socketio", node.socketio());
        fields.put("load", Long.toString(node.load()));
        return fields;
    }

    /// Empty if these are not the fields of a node.
    public static Optional<Node> node(Map<String, String> fields) {
        try {
            return Optional.of(new Node(
                    field(fields, "id"),
                    Long.parseLong(field(fields, "incarnation")),
                    Node.State.valueOf(field(fields, "state")),
                    field(fields, "websocket"),
                    field(fields, "tcp"),
                    field(fields, "socketio"),
                    Long.parseLong(field(fields, "load"))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// One field a line, as `name=value`.
    public static String text(Node node) {
        return of(node).entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /// Empty if this is not the text of a node.
    public static Optional<Node> node(String text) {
        return node(Arrays.stream(text.split("\n", -1))
                .map(line -> line.split("=", 2))
                .filter(line -> line.length == 2)
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (_, last) -> last)));
    }

    /// As [Registry#nodes] lists them: by id, of each the latest incarnation.
    public static List<Node> listed(Collection<Node> nodes) {
        Map<String, Node> latest = new HashMap<>();
        for (Node node : nodes) {
            latest.merge(node.id(), node, (one, other) -> one.incarnation() > other.incarnation() ? one : other);
        }
        return latest.values().stream().sorted(Comparator.comparing(Node::id)).toList();
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
