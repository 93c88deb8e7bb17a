package io.magpie.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.bench.target.Address;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Somebody at one device: a connection on which `hello` succeeded. Requests wait for their reply; pushes queue up
/// until they are awaited. Thread-safe.
public final class Person implements AutoCloseable {
    /// For what must come: no bound that a healthy machine reaches, however busy.
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Wire wire;
    private final Consumer<JsonNode> listener;
    private final AtomicInteger ids = new AtomicInteger();
    private final ConcurrentHashMap<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<JsonNode> pushes = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private volatile long id;

    private Person(Wire wire, Consumer<JsonNode> listener) {
        this.wire = wire;
        this.listener = listener;
    }

    /// On a new device of the user `subject`.
    public static Person of(Node node, String subject) throws IOException {
        return at(node, subject, "device of " + subject);
    }

    public static Person at(Node node, String subject, String device) throws IOException {
        return connected(node.realtime(), node.token(subject), device, _ -> {});
    }

    /// @param listener hears every frame in the order of arrival, replies included, on the reading thread
    public static Person connected(Address address, String token, String device, Consumer<JsonNode> listener)
            throws IOException {
        var person = dialed(address, listener);
        person.hello(token, device);
        return person;
    }

    /// Somebody who has not said `hello` yet.
    public static Person dialed(Address address, Consumer<JsonNode> listener) throws IOException {
        return over(Wire.open(address), listener);
    }

    /// As above, on a WebSocket that is open.
    public static Person over(Wire wire, Consumer<JsonNode> listener) {
        var person = new Person(wire, listener);
        Thread.ofVirtual().name("reader").start(person::listen);
        return person;
    }

    /// @throws IOException when the connection ends instead of an answer
    public JsonNode hello(String token, String device) throws IOException {
        var answer = start("hello", "token", token, "device", Map.of("id", device, "platform", "linux"));
        JsonNode welcome;
        try {
            welcome = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("no welcome", e);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer to hello", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (!welcome.path("type").asString("").equals("welcome")) {
            wire.abort();
            throw new AssertionError("hello was answered " + welcome);
        }
        id = welcome.path("userId").asLong();
        return welcome;
    }

    private void listen() {
        String reason = "connection lost";
        try {
            while (true) {
                var frame = wire.read();
                switch (frame.opcode()) {
                    case Wire.TEXT -> hear(Requests.parsed(frame.text()));
                    case Wire.PING -> wire.frame(Wire.PONG, frame.payload());
                    case Wire.CLOSE -> reason = "closed " + frame.code();
                    default -> {}
                }
            }
        } catch (IOException _) {
            closed.complete(reason);
            for (var request : waiting.values()) {
                request.completeExceptionally(new IOException(reason));
            }
        }
    }

    private void hear(JsonNode frame) {
        listener.accept(frame);
        var request = waiting.remove(frame.path("id").asString(""));
        if (request == null) {
            pushes.add(frame);
        } else {
            request.complete(frame);
        }
    }

    public long id() {
        return id;
    }

    /// Sends a request. The reply may be an error.
    public CompletableFuture<JsonNode> start(String type, Object... fieldsAndValues) {
        String requestId = Integer.toString(ids.incrementAndGet());
        Map<String, Object> request = new LinkedHashMap<>(Map.of("type", type, "id", requestId));
        request.putAll(Requests.object(fieldsAndValues));
        var reply = new CompletableFuture<JsonNode>();
        waiting.put(requestId, reply);
        try {
            wire.text(Requests.text(request));
        } catch (IOException e) {
            reply.completeExceptionally(e);
        }
        if (closed.isDone()) {
            reply.completeExceptionally(new IOException(closed.join()));
        }
        return reply;
    }

    /// Sends a request and waits for its reply, which may be an error.
    public JsonNode ask(String type, Object... fieldsAndValues) {
        return reply(start(type, fieldsAndValues));
    }

    public static JsonNode reply(CompletableFuture<JsonNode> started) {
        try {
            return started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no reply", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// As [#ask], for what has to succeed.
    public JsonNode done(String type, Object... fieldsAndValues) {
        var reply = ask(type, fieldsAndValues);
        assertThat(reply.path("type").asString("")).as("%s: %s", type, reply).isNotEqualTo("error");
        return reply;
    }

    /// Sends a text under a client id.
    public CompletableFuture<JsonNode> starting(String conversation, String clientId, String text) {
        return start("send", "conversation", conversation, "clientId", clientId, "content", text(text));
    }

    public static Map<String, Object> text(String text) {
        return Map.of("kind", "text", "text", text);
    }

    /// Sends a text and returns its seq.
    public long say(String conversation, String text) {
        String clientId = Long.toHexString(System.nanoTime()) + "-" + ids.get();
        return seq(reply(starting(conversation, clientId, text)));
    }

    /// The seq of a `sent`.
    public static long seq(JsonNode sent) {
        assertThat(sent.path("type").asString("")).as("%s", sent).isEqualTo("sent");
        return sent.path("seq").asLong();
    }

    /// The unread number after having read up to `seq`.
    public int read(String conversation, long seq) {
        return done("read", "conversation", conversation, "seq", seq)
                .path("unread")
                .asInt();
    }

    /// The next push that fits; those before it are gone.
    public JsonNode await(Predicate<JsonNode> wanted, String what) {
        Instant until = Instant.now().plus(PATIENCE);
        try {
            while (Instant.now().isBefore(until)) {
                var push = pushes.poll(200, TimeUnit.MILLISECONDS);
                if (push != null && wanted.test(push)) {
                    return push;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(what + " did not come");
    }

    public JsonNode awaitEntry(String conversation, long seq) {
        return await(
                push -> isEntry(push, conversation) && push.path("seq").asLong() == seq,
                "entry " + seq + " of " + conversation);
    }

    public static boolean isEntry(JsonNode push, String conversation) {
        return push.path("type").asString("").equals("entry")
                && push.path("conversation").asString("").equals(conversation);
    }

    /// All that is queued right now.
    public List<JsonNode> pushed() {
        List<JsonNode> all = new ArrayList<>();
        pushes.drainTo(all);
        return all;
    }

    /// What a whole sync tells, by conversation.
    public Map<String, JsonNode> synced(long since) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        var page = done("sync", "since", since);
        while (true) {
            for (var item : page.path("items")) {
                items.put(item.path("conversation").asString(""), item);
            }
            if (page.path("cursor").isMissingNode()) {
                return items;
            }
            page = done("sync", "since", since, "cursor", page.path("cursor").asString(""));
        }
    }

    /// The conversation as `sync` tells it.
    public JsonNode item(String conversation) {
        return in(synced(0), conversation);
    }

    /// The conversation among those that `sync` told.
    public static JsonNode in(Map<String, JsonNode> synced, String conversation) {
        return Objects.requireNonNull(synced.get(conversation), conversation + " in sync");
    }

    public int unread(String conversation) {
        return item(conversation).path("unread").asInt();
    }

    /// Everything after `after` that this user may see.
    public List<JsonNode> history(String conversation, long after) {
        List<JsonNode> entries = new ArrayList<>();
        long from = after;
        while (true) {
            var page = done("history", "conversation", conversation, "after", from, "limit", 200);
            page.path("entries").forEach(entries::add);
            if (!page.path("more").asBoolean()) {
                return entries;
            }
            from = entries.getLast().path("seq").asLong();
        }
    }

    /// Why the connection ended; waits for it.
    public String awaitClosed() {
        try {
            return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the connection is still open", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    /// Breaks the connection off.
    public void vanish() {
        wire.abort();
    }

    /// Ends the connection, as [#close] does, where that is part of the story.
    public void goOffline() {
        close();
    }

    @Override
    public void close() {
        wire.abort();
    }
}
