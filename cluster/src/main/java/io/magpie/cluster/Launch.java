package io.magpie.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a node's program is started: the command up to its arguments.
public record Launch(List<String> command) {
    private static final String MAIN = "io.magpie.server.MagpieServer";

    /// Starts fast and stays small, as several share a machine.
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED");

    public Launch {
        command = List.copyOf(command);
    }

    /// What `./magpie` has built in this folder, with its cache of classes if there is one.
    public static Launch built(Path root) {
        Path arguments =
                root.resolve("server/target/java.args").toAbsolutePath().normalize();
        if (!Files.exists(arguments)) {
            throw new IllegalArgumentException(arguments + " is not there (expected: the server, built by ./magpie)");
        }
        List<String> rest = new ArrayList<>();
        Path cache = arguments.resolveSibling("app.aot");
        if (isNewer(cache, arguments.resolveSibling("built"))) {
            rest.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        rest.addAll(List.of("@" + arguments, MAIN));
        return java(rest);
    }

    private static boolean isNewer(Path file, Path than) {
        try {
            return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Classes of whatever class path, with a main class that takes the server's arguments.
    public static Launch classPath(String classPath, String main) {
        return java(List.of("-cp", classPath, main));
    }

    /// The same with more options for the JVM.
    public Launch with(String... options) {
        List<String> more = new ArrayList<>(command);
        more.addAll(1, List.of(options));
        return new Launch(more);
    }

    private static Launch java(List<String> rest) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(rest);
        return new Launch(command);
    }
}
