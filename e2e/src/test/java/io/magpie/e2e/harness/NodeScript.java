package io.magpie.e2e.harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A script of `src/test/node` as a process: JSON commands in, JSON events out, one on a line. Thread-safe.
final class NodeScript implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final BufferedWriter in;

    /// @param heard of every event, on one thread
    NodeScript(Consumer<JsonNode> heard, String name, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("node", NodePackages.script(name).toString()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = process.outputWriter(StandardCharsets.UTF_8);
        // Reading from a process holds the thread: on two cores, two virtual ones would hold up all others.
        Thread.ofPlatform().daemon().name("script").start(() -> listen(heard));
    }

    private void listen(Consumer<JsonNode> heard) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                heard.accept(JSON.readTree(line));
            }
        } catch (IOException _) {
            // The process was ended; who still waits for something says so.
        }
    }

    void tell(Map<String, ?> command) {
        try {
            synchronized (in) {
                in.write(JSON.writeValueAsString(command));
                in.newLine();
                in.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it and what it has started, without a goodbye.
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
