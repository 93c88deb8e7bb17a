package io.magpie.bench.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Programs that are run to their end.
final class Commands {
    private static final int TOLD = 5;

    private Commands() {}

    /// @param expected what must be there for it to work
    static void run(Path directory, List<String> command, String expected) throws IOException, InterruptedException {
        run(directory, command, Map.of(), expected);
    }

    static void run(Path directory, List<String> command, Map<String, String> environment, String expected)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        List<String> output;
        int status;
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                output = lines.lines().toList();
            }
            status = process.waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(command.getFirst() + ": cannot be run (expected: " + expected + ")", e);
        }
        if (status != 0) {
            String tail = String.join(" | ", output.subList(Math.max(0, output.size() - TOLD), output.size()));
            throw new IllegalStateException(
                    String.join(" ", command) + ": status " + status + " (expected: " + expected + "): " + tail);
        }
    }
}
