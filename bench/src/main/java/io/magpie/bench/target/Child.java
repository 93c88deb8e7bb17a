package io.magpie.bench.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A server process of our own: started, waited for until it prints its `ready` line, ended with us. What it prints
/// goes to a log file.
public final class Child implements AutoCloseable {
    private static final int STOP_SECONDS = 20;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread atExit;
    private final Map<String, String> addresses;

    private Child(String name, Process process, Path log, Map<String, String> addresses, Thread atExit) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.addresses = addresses;
        this.atExit = atExit;
    }

    /// @param directory where it runs; null for ours
    public static Child start(String name, List<String> command, @Nullable Path directory, Path log, int readySeconds)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        Process process = builder.start();
        Thread atExit = new Thread(() -> kill(process), "stop-" + name);
        Runtime.getRuntime().addShutdownHook(atExit);
        CompletableFuture<Map<String, String>> ready = new CompletableFuture<>();
        // Reading from a process holds the thread: on two cores, two virtual ones would hold up all others.
        Thread.ofPlatform().daemon().name("output-" + name).start(() -> follow(process, log, ready));
        try {
            return new Child(name, process, log, ready.get(readySeconds, TimeUnit.SECONDS), atExit);
        } catch (ExecutionException | TimeoutException e) {
            kill(process);
            Runtime.getRuntime().removeShutdownHook(atExit);
            String tail = Files.exists(log) ? lastLines(Files.readAllLines(log)) : "";
            String why = e.getCause() == null
                    ? "not within " + readySeconds + " s"
                    : e.getCause().getMessage();
            throw new IllegalStateException(
                    name + " did not get ready: " + why + " " + tail + " (log: " + log + ")", e);
        }
    }

    private static String lastLines(List<String> lines) {
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    private static void follow(Process process, Path log, CompletableFuture<Map<String, String>> ready) {
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var out = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line);
                out.newLine();
                out.flush();
                if (line.startsWith("ready ")) {
                    ready.complete(addresses(line));
                }
            }
            ready.completeExceptionally(new IOException("it ended with status " + process.waitFor()));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        } catch (InterruptedException e) {
            ready.completeExceptionally(e);
            Thread.currentThread().interrupt();
        }
    }

    /// `ready http=HOST:PORT realtime=HOST:PORT …`
    static Map<String, String> addresses(String line) {
        Map<String, String> found = new HashMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                found.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return Map.copyOf(found);
    }

    /// HOST:PORT of one of its doors.
    public String address(String door) {
        String found = addresses.get(door);
        if (found == null) {
            throw new IllegalStateException(
                    name + " named no " + door + " address (expected: ready " + door + "=HOST:PORT; log: " + log + ")");
        }
        return found;
    }

    /// The process that does the work: a script may have started it.
    public long pid() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .map(ProcessHandle::pid)
                .orElse(process.pid());
    }

    public Path log() {
        return log;
    }

    /// As a power cut would: no goodbye.
    public void destroy() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    @Override
    public void close() {
        kill(process);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private static void kill(Process process) {
        try {
            List<ProcessHandle> children = process.descendants().toList();
            children.forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                children.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
