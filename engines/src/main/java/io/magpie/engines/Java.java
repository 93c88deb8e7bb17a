package io.magpie.engines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How engines written in Java are run: on this JVM's own JDK, small.
final class Java {
    private Java() {}

    static List<String> command(String classPath, List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return command;
    }
}
