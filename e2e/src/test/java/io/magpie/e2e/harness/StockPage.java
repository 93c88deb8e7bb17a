package io.magpie.e2e.harness;

import java.io.IOException;
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
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The stock `socket.io-client` or `engine.io-client`: in a Node process of its own, or in a page of a
/// [StockBrowser]. Events queue up until they are awaited. Thread-safe.
public final class StockPage implements AutoCloseable {
    /// Where the client runs.
    interface Place {
        void tell(Map<String, ?> command);

        void leave();
    }

    /// Lets a client run and has the events of it told.
    interface Opening {
        Place open(Consumer<JsonNode> heard) throws IOException;
    }

    private final Place place;
    private final AtomicInteger acks = new AtomicInteger();
    private final ConcurrentHashMap<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    StockPage(Opening opening) throws IOException {
        this.place = opening.open(this::hear);
    }

    /// `io(url, options)` in Node.
    public static StockPage socket(String url, Map<String, ?> options) throws IOException {
        return inNode("socket", url, options);
    }

    /// `new Socket(url, options)` of engine.io-client in Node.
    public static StockPage engine(String url, Map<String, ?> options) throws IOException {
        return inNode("engine", url, options);
    }

    private static StockPage inNode(String kind, String url, Map<String, ?> options) throws IOException {
        return new StockPage(heard -> {
            var script = new NodeScript(heard, "page.mjs", kind, url, NodeScript.JSON.writeValueAsString(options));
            return new Place() {
                @Override
                public void tell(Map<String, ?> command) {
                    script.tell(command);
                }

                @Override
                public void leave() {
                    script.close();
                }
            };
        });
    }

    private void hear(JsonNode event) {
        var ack = event.has("ack") ? waiting.remove(event.path("ack").asInt()) : null;
        if (ack == null) {
            events.add(event);
        } else {
            ack.complete(event);
        }
    }

    public void emit(String event, Object... arguments) {
        place.tell(Map.of("emit", event, "args", List.of(arguments)));
    }

    /// Emits, and waits for the acknowledgement; its arguments.
    public List<JsonNode> ask(String event, Object... arguments) {
        int number = acks.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(number, answer);
        place.tell(Map.of("emit", event, "args", List.of(arguments), "ack", number));
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
        place.tell(Map.of("send", data));
    }

    public void connect() {
        place.tell(Map.of("connect", true));
    }

    public void disconnect() {
        place.tell(Map.of("disconnect", true));
    }

    /// Runs a script in a page of a browser; what it comes to.
    public JsonNode run(String script) {
        place.tell(Map.of("run", script));
        return await("ran");
    }

    /// Waits until a page of a browser shows this text.
    public void see(String text) {
        place.tell(Map.of("see", text));
        await("seen", seen -> seen.asString("").equals(text));
    }

    /// Stands for bytes among arguments.
    public static Map<String, String> binary(byte[] bytes) {
        return Map.of("$binary", Base64.getEncoder().encodeToString(bytes));
    }

    /// The first argument of the next event of this name; those before it are gone.
    public JsonNode await(String name) {
        return await(name, _ -> true);
    }

    /// As above, of one whose first argument fits.
    public JsonNode await(String name, Predicate<JsonNode> wanted) {
        return next(name, wanted).path(0);
    }

    /// All arguments of the next event of this name.
    public JsonNode awaitAll(String name) {
        return next(name, _ -> true);
    }

    private JsonNode next(String name, Predicate<JsonNode> wanted) {
        Instant until = Instant.now().plus(Person.PATIENCE);
        List<JsonNode> passed = new ArrayList<>();
        try {
            while (Instant.now().isBefore(until)) {
                var event = events.poll(200, TimeUnit.MILLISECONDS);
                if (event != null
                        && event.path("on").asString("").equals(name)
                        && wanted.test(event.path("args").path(0))) {
                    return event.path("args");
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

    /// What has come and was not awaited.
    public List<JsonNode> pending() {
        List<JsonNode> all = new ArrayList<>();
        events.drainTo(all);
        return all;
    }

    /// Ends the client without a goodbye.
    @Override
    public void close() {
        place.leave();
    }
}
