package io.magpie.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The arguments of `./magpie serve`, and of whatever else takes settings.
///
/// @param config the file named by `--config`, null if none was
/// @param assignments keys and values in the order in which they count
public record CommandLine(@Nullable Path config, List<Assignment> assignments, boolean debug, boolean help) {

    /// @param place the flag, for messages
    record Assignment(String key, String value, String place) {}

    /// @throws SettingException if an argument is unknown or has no value
    public static CommandLine parse(String... arguments) {
        return new Parser(arguments).parse();
    }

    /// The flags that are settings: the flag and its key.
    static Map<String, String> flags() {
        var flags = new HashMap<String, String>();
        for (Key key : Key.of(Settings.class)) {
            if (!key.setting().flag().isEmpty()) {
                flags.put(key.setting().flag(), key.name());
            }
        }
        return flags;
    }

    private static final class Parser {
        private final String[] arguments;
        private final Map<String, String> flags = flags();
        private final List<Assignment> sets = new ArrayList<>();
        private final List<Assignment> own = new ArrayList<>();
        private @Nullable Path config;
        private boolean debug;
        private boolean help;
        private int next;

        Parser(String... arguments) {
            this.arguments = arguments;
        }

        CommandLine parse() {
            while (next < arguments.length) {
                String argument = arguments[next++];
                int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
                if (equals > 0) {
                    option(argument.substring(0, equals), argument.substring(equals + 1));
                } else {
                    option(argument, null);
                }
            }
            // A flag of its own counts more than --set, wherever it stands.
            return new CommandLine(
                    config, Stream.concat(sets.stream(), own.stream()).toList(), debug, help);
        }

        private void option(String name, @Nullable String attached) {
            switch (name) {
                case "--help", "-h" -> help = true;
                case "--debug" -> debug = true;
                case "--config" -> config = Path.of(value(name, attached));
                case "--set" -> set(value(name, attached));
                default -> {
                    String key = flags.get(name);
                    if (key == null) {
                        throw unknown(name);
                    }
                    own.add(new Assignment(key, value(name, attached), name));
                }
            }
        }

        private void set(String assignment) {
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                throw new SettingException("--set: %s (expected: key=value)".formatted(assignment));
            }
            String key = assignment.substring(0, equals).strip();
            sets.add(new Assignment(key, assignment.substring(equals + 1), "--set"));
        }

        private String value(String name, @Nullable String attached) {
            if (attached != null) {
                return attached;
            }
            if (next == arguments.length) {
                throw new SettingException(name + " has no value (expected: " + name + " VALUE)");
            }
            return arguments[next++];
        }

        private SettingException unknown(String name) {
            List<String> known = Stream.concat(
                            flags.keySet().stream(), Stream.of("--config", "--set", "--debug", "--help"))
                    .sorted()
                    .toList();
            String hint = Nearest.to(name, known)
                    .map(flag -> "did you mean " + flag + "?")
                    .orElse("expected: " + String.join(", ", known));
            return new SettingException("%s is no option of this command (%s)".formatted(name, hint));
        }
    }
}
