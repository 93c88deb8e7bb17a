package io.magpie.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Finds the settings: defaults, then `magpie.yaml`, then the environment, then `--set`, then flags; the later one
/// counts.
public final class SettingsLoader {
    /// Read if it is there and no other file is named.
    static final String FILE = "magpie.yaml";

    private final Map<String, String> environment;
    private final Path directory;

    /// @param directory where `magpie.yaml` and relative paths start
    public SettingsLoader(Map<String, String> environment, Path directory) {
        this.environment = environment;
        this.directory = directory;
    }

    /// @throws SettingException if anything is wrong or unknown
    public Settings load(CommandLine line) {
        var given = new Given(Key.of(Settings.class));
        file(line, given);
        given.environment(environment);
        for (CommandLine.Assignment assignment : line.assignments()) {
            given.assign(assignment.key(), assignment.value(), assignment.place());
        }
        var settings = new Binder().group(Settings.class, "", given::value);
        Consistency.check(settings);
        return settings;
    }

    private void file(CommandLine line, Given given) {
        Path named = line.config();
        String variable = environment.get("MAGPIE_CONFIG");
        if (named == null && variable != null) {
            named = Path.of(variable);
        }
        Path file = directory.resolve(named == null ? Path.of(FILE) : named);
        if (named == null && !Files.exists(file)) {
            return;
        }
        String name = named == null ? FILE : named.toString();
        try {
            YamlText.file(Files.readString(file), name).ifPresent(given::document);
        } catch (IOException _) {
            throw new SettingException(
                    "--config: %s cannot be read (expected: a file like magpie.yaml)".formatted(name));
        }
    }
}
