package io.magpie.server;

import io.magpie.server.config.CommandLine;
import io.magpie.server.config.Settings;
import io.magpie.server.config.SettingsLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Settings of a server of its own: free ports, an empty folder, nothing of this machine's environment.
final class TestSettings {
    private TestSettings() {}

    static Settings in(Path folder, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "--data",
                                folder.toString(),
                                "--http-port",
                                "0",
                                "--realtime-port",
                                "0",
                                "--tcp-port",
                                "0"),
                        Stream.of(more))
                .toArray(String[]::new);
        return new SettingsLoader(Map.of(), folder).load(CommandLine.parse(arguments));
    }
}
