package io.magpie.cluster.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arguments of a command: words, `--name value` or `--name=value` of the known names, and lone `--flag`.
public final class Options {
    private final List<String> words = new ArrayList<>();
    private final Map<String, List<String>> values = new HashMap<>();
    private final Set<String> set = new HashSet<>();

    /// @throws IllegalArgumentException for a name that is not known, or has no value
    public Options(List<String> arguments, Set<String> known) {
        this(arguments, known, Set.of());
    }

    public Options(List<String> arguments, Set<String> known, Set<String> flags) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                words.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
            if (flags.contains(name) && equals < 0) {
                set.add(name);
                continue;
            }
            if (!known.contains(name)) {
                throw new IllegalArgumentException("--" + name + ": unknown (see --help)");
            }
            if (equals < 0 && ++i == arguments.size()) {
                throw new IllegalArgumentException("--" + name + ": no value (see --help)");
            }
            String value = equals < 0 ? arguments.get(i) : argument.substring(equals + 1);
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
    }

    public boolean has(String flag) {
        return set.contains(flag);
    }

    public List<String> words() {
        return words;
    }

    @Nullable
    public String text(String name) {
        List<String> given = values.get(name);
        return given == null ? null : given.getLast();
    }

    public String text(String name, String otherwise) {
        String given = text(name);
        return given == null ? otherwise : given;
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// The parts between commas; none if it was not given.
    public List<String> list(String name) {
        return Arrays.stream(text(name, "").split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    public int number(String name, int otherwise, int min, int max) {
        String given = text(name);
        if (given == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is expected.
        }
        throw new IllegalArgumentException("--" + name + ": " + given + " (expected: " + min + ".." + max + ")");
    }
}
