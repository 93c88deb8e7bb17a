package io.magpie.e2e.harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The stock `socket.io-client` or `engine.io-client` in a Node process of its own. Events queue up until they are
/// awaited. Thread-safe.
public final class StockPage implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final BufferedWriter in;
    private final AtomicInteger acks = new AtomicInteger();
    private final ConcurrentHashMap<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    private StockPage(String kind, String url, Map<String, ?> options) throws IOException {
        Path script = NodePackages.script("page.mjs");
        process = new ProcessBuilder("node", script.toString(), kind, url, JSON.writeValueAsString(options))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().name("page").start(this::listen);
    }

    /// `io(url, options)`.
    public static StockPage socket(String url, Map<String, ?> options) throws IOException {
        return new StockPage("socket", url, options);
    }

    /// `new Socket(url, options)` of engine.io-client.
    public static StockPage engine(String url, Map<String, ?> options) throws IOException {
        return new StockPage("engine", url, options);
    }

    private void listen() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                JsonNode event = JSON.readTree(line);
                var ack = event.has("ack") ? waiting.remove(event.path("ack").asInt()) : null;
                if (ack == null) {
                    events.add(event);
                } else {
                    ack.complete(event);
                }
            }
        } catch (IOException _) {
            // The process was ended; who still waits for something says so.
        }
    }

    public void emit(String event, Object... arguments) {
        write(Map.of("emit", event, "args", List.of(arguments)));
    }

    /// Emits, and waits for the acknowledgement; its arguments.
    public List<JsonNode> ask(String event, Object... arguments) {
        int number = acks.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(number, answer);
        write(Map.of("emit", event, "args", List.of(arguments), "ack", number));
        JsonNode got = Person.reply(answer);
        if (got.has("error")) {
            throw new AssertionError(event + " was not acknowledged: " + got);
        }
        List<JsonNode> all = new ArrayList<>();
        got.path("args").forEach(all::add);
        return all;
    }

    /// A message of engine.io-client.
    public void send(Object data) {
        write(Map.of("send", data));
    }

    public void disconnect() {
        write(Map.of("disconnect", true));
    }

    /// Stands for bytes among arguments.
    public static Map<String, String> binary(byte[] bytes) {
        return Map.of("$binary", Base64.getEncoder().encodeToString(bytes));
    }

    private void write(Map<String, ?> command) {
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

    /// The first argument of the next event of this name; those before it are gone.
    public JsonNode await(String name) {
        return await(name, _ -> true);
    }

    /// As above, of one whose first argument fits.
    public JsonNode await(String name, Predicate<JsonNode> wanted) {
        Instant until = Instant.now().plus(Person.PATIENCE);
        List<JsonNode> passed = new ArrayList<>();
        try {
            while (Instant.now().isBefore(until)) {
                var event = events.poll(200, TimeUnit.MILLISECONDS);
                if (event != null && event.path("on").asString("").equals(name) && wanted.test(first(event))) {
                    return first(event);
                }
                if (event != null) {
                    passed.add(event);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no " + name + " among " + passed);
    }

    /// All arguments of the next event of this name.
    public JsonNode awaitAll(String name) {
        Instant until = Instant.now().plus(Person.PATIENCE);
        try {
            while (Instant.now().isBefore(until)) {
                var event = events.poll(200, TimeUnit.MILLISECONDS);
                if (event != null && event.path("on").asString("").equals(name)) {
                    return event.path("args");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no " + name);
    }

    /// What has come and was not awaited.
    public List<JsonNode> pending() {
        List<JsonNode> all = new ArrayList<>();
        events.drainTo(all);
        return all;
    }

    private static JsonNode first(JsonNode event) {
        return event.path("args").path(0);
    }

    /// Ends the process without a goodbye.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
