package io.magpie.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was set, by key; whoever sets a key later replaces the earlier value.
final class Given {
    /// Names in the environment that are not settings: the start script's own, those of tests, and those Kubernetes
    /// makes for a service called magpie.
    private static final Pattern NOT_SETTINGS =
            Pattern.compile("MAGPIE_(CONFIG|JAVA_OPTS|DEBUG|PORT(_.*)?|SERVICE_.*|TEST_.*)");

    private static final Pattern LOOKS_SECRET = Pattern.compile("(?i).*(secret|passw|token|key).*");

    private final Map<String, Key> keys;
    private final Map<String, Written> values = new HashMap<>();

    Given(List<Key> keys) {
        this.keys = keys.stream().collect(Collectors.toMap(Key::name, Function.identity()));
    }

    @Nullable
    Written value(String key) {
        return values.get(key);
    }

    /// A whole file, as groups of settings or with dotted keys.
    void document(Written document) {
        if (!(document instanceof Written.Fields(Map<String, Written> fields, var _))) {
            throw new SettingException(document.place() + " is no setting (expected: key: value)");
        }
        group("", fields);
    }

    private void group(String prefix, Map<String, Written> fields) {
        fields.forEach((name, value) -> {
            String key = prefix + name;
            if (isGroup(key) && value instanceof Written.Fields(Map<String, Written> inner, var _)) {
                group(key + ".", inner);
            } else {
                put(key, value);
            }
        });
    }

    /// The variables of the process that begin with `MAGPIE_`.
    void environment(Map<String, String> environment) {
        Map<String, String> names = keys.values().stream().collect(Collectors.toMap(Key::environmentName, Key::name));
        environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("MAGPIE_"))
                .filter(variable -> !NOT_SETTINGS.matcher(variable.getKey()).matches())
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> {
                    String name = variable.getKey();
                    String key = names.get(name);
                    if (key == null) {
                        throw new SettingException("%s: %s in the environment is unknown%s"
                                .formatted(
                                        name,
                                        shown(name, variable.getValue()),
                                        meant(Nearest.to(name, names.keySet()))));
                    }
                    put(key, new Written.Text(variable.getValue(), name));
                });
    }

    /// One value from the command line.
    void assign(String key, String value, String place) {
        Optional<Written> group = isGroup(key) ? YamlText.value(value, place) : Optional.empty();
        if (group.isPresent() && group.get() instanceof Written.Fields(Map<String, Written> fields, var _)) {
            group(key + ".", fields);
        } else {
            put(key, new Written.Text(value, place));
        }
    }

    private boolean isGroup(String key) {
        return keys.keySet().stream().anyMatch(name -> name.startsWith(key + "."));
    }

    private void put(String key, Written value) {
        if (!keys.containsKey(key)) {
            String problem = isGroup(key)
                    ? "is no setting but a group of them (expected: " + members(key) + ")"
                    : "is unknown" + meant(Nearest.to(key, keys.keySet()));
            throw new SettingException("%s: %s from %s %s".formatted(key, shown(key, value), value.place(), problem));
        }
        values.put(key, value);
    }

    private String members(String group) {
        return keys.keySet().stream()
                .filter(name -> name.startsWith(group + "."))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String meant(Optional<String> nearest) {
        return nearest.map(name -> " (did you mean " + name + "?)")
                .orElse(" (expected: a key of docs/configuration.md)");
    }

    private static String shown(String key, Written value) {
        return switch (value) {
            case Written.Text(String text, var _) -> shown(key, text);
            case Written.Items _ -> "[…]";
            case Written.Fields _ -> "{…}";
        };
    }

    private static String shown(String key, String text) {
        return LOOKS_SECRET.matcher(key).matches() ? Secret.HIDDEN : text;
    }
}
