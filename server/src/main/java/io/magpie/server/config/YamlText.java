package io.magpie.server.config;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads YAML (and so JSON) as it is written: a scalar stays text, so a secret `0123` is not taken for a number.
final class YamlText {
    private final String source;
    private final Function<Node, String> place;

    private YamlText(String source, Function<Node, String> place) {
        this.source = source;
        this.place = place;
    }

    /// A file: places are its lines. Empty if there is nothing in it.
    static Optional<Written> file(String content, String name) {
        return new YamlText(name, node -> name + " line " + (node.getStartMark().getLine() + 1)).read(content);
    }

    /// A value that was given as a whole, by a variable or a flag: it has one place.
    static Optional<Written> value(String content, String place) {
        return new YamlText(place, _ -> place).read(content);
    }

    private Optional<Written> read(String content) {
        try {
            var options = new LoaderOptions();
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(content));
            return root == null || nothing(root) ? Optional.empty() : Optional.of(written(root, 0));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new SettingException("%s is not YAML at line %d: %s".formatted(source, line, e.getProblem()));
        } catch (YAMLException e) {
            throw new SettingException(source + " is not YAML: it cannot be read as text");
        }
    }

    private Written written(Node node, int depth) {
        // An alias can name its own parent.
        if (depth > 8) {
            throw new SettingException(place.apply(node) + " is nested too deep (expected: at most 8 levels)");
        }
        return switch (node) {
            case MappingNode mapping -> new Written.Fields(fields(mapping, depth), place.apply(node));
            case SequenceNode sequence ->
                new Written.Items(
                        sequence.getValue().stream()
                                .map(item -> written(item, depth + 1))
                                .toList(),
                        place.apply(node));
            case ScalarNode scalar -> new Written.Text(scalar.getValue(), place.apply(node));
            default -> throw new SettingException(place.apply(node) + " cannot be read");
        };
    }

    private Map<String, Written> fields(MappingNode mapping, int depth) {
        var fields = new LinkedHashMap<String, Written>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new SettingException(place.apply(tuple.getKeyNode()) + " has a key that is no text");
            }
            if (fields.containsKey(key.getValue())) {
                throw new SettingException(
                        "%s: written twice, again in %s".formatted(key.getValue(), place.apply(key)));
            }
            if (!nothing(tuple.getValueNode())) {
                fields.put(key.getValue(), written(tuple.getValueNode(), depth + 1));
            }
        }
        return fields;
    }

    /// `key:` with nothing after it, as is left when all below it is commented out.
    private static boolean nothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
