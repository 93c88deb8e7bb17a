package io.magpie.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Where an engine runs: its folder and its ports by name.
record Setup(String engine, Path folder, Map<String, Integer> ports) {
    static final String HOST = "127.0.0.1";

    private static final int MOST_SHOWN = 300;

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    int port() {
        return port("clients");
    }

    int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException(engine + ": no port " + name);
        }
        return port;
    }

    String address() {
        return HOST + ":" + port();
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    String file(String name) {
        return path(name).toString();
    }

    /// Writes a configuration file and answers its path.
    String write(String name, String text) {
        try {
            Files.createDirectories(path(name).getParent());
            return Files.writeString(path(name), text).toString();
        } catch (IOException e) {
            throw new EngineFailure(engine + ": cannot write " + path(name), e);
        }
    }

    void makeFolder(String name) {
        try {
            Files.createDirectories(path(name));
        } catch (IOException e) {
            throw new EngineFailure(engine + ": cannot make " + path(name), e);
        }
    }

    /// Runs a program that prepares data to its end.
    void run(List<String> command) {
        run("", command, "");
    }

    /// Runs it as another account of the operating system, if one is named.
    void run(String account, List<String> command, String input) {
        Path log = path("create.log");
        int status = Processes.run(Processes.as(account, command), input, log);
        if (status != 0) {
            throw new EngineFailure(
                    "%s: %s ended with %d%n%s".formatted(engine, shown(command), status, Log.tail(log, 0)));
        }
    }

    /// Without class paths, which say nothing and fill a screen.
    private static String shown(List<String> command) {
        return command.stream()
                .map(argument -> argument.length() > MOST_SHOWN ? "…" : argument)
                .collect(Collectors.joining(" "));
    }
}
