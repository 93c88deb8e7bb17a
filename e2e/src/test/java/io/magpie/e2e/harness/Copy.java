package io.magpie.e2e.harness;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/// What a device holds that follows the protocol to the letter and does nothing more: pushes extend what it holds
/// without a gap, a push past a gap makes it pull `history`, and one `sync` tells where it is behind. Nothing but the
/// server can make it miss something.
public final class Copy implements AutoCloseable {
    private final CompletableFuture<Person> person = new CompletableFuture<>();
    private final Map<String, Held> conversations = new LinkedHashMap<>();

    private static final class Held {
        private final List<JsonNode> entries = new ArrayList<>();
        private final TreeMap<Long, JsonNode> early = new TreeMap<>();
        private long next = 1;
        private boolean pulling;
    }

    private Copy() {}

    public static Copy connected(Node node, String subject, String device) throws IOException {
        var copy = new Copy();
        copy.person.complete(Person.connected(node.realtime(), node.token(subject), device, copy::hear));
        return copy;
    }

    public Person person() {
        return person.join();
    }

    /// Pulls what `sync` says is missing. Pushes go on meanwhile.
    public void catchUp() {
        person().synced(0).forEach((conversation, item) -> {
            begin(conversation, item.path("firstSeq").asLong());
            pull(conversation, item.path("lastSeq").asLong());
        });
    }

    /// What this user may see begins here.
    private synchronized void begin(String conversation, long firstSeq) {
        var held = held(conversation);
        if (held.entries.isEmpty()) {
            held.next = Math.max(held.next, firstSeq);
        }
    }

    private Held held(String conversation) {
        return conversations.computeIfAbsent(conversation, _ -> new Held());
    }

    private void hear(JsonNode frame) {
        if (frame.path("type").asString("").equals("lagging")) {
            Thread.ofVirtual().name("repair").start(this::catchUp);
        }
        if (frame.path("type").asString("").equals("entry")) {
            String conversation = frame.path("conversation").asString("");
            if (!take(conversation, frame) && startPulling(conversation)) {
                Thread.ofVirtual().name("repair").start(() -> {
                    pull(conversation, frame.path("seq").asLong());
                    donePulling(conversation);
                });
            }
        }
    }

    /// False if entries before this one are missing.
    private synchronized boolean take(String conversation, JsonNode entry) {
        var held = held(conversation);
        held.early.put(entry.path("seq").asLong(), entry);
        held.early.headMap(held.next).clear();
        for (var next = held.early.remove(held.next); next != null; next = held.early.remove(held.next)) {
            held.entries.add(next);
            held.next++;
        }
        notifyAll();
        return held.early.isEmpty();
    }

    private synchronized boolean startPulling(String conversation) {
        var held = held(conversation);
        boolean first = !held.pulling;
        held.pulling = true;
        return first;
    }

    private synchronized void donePulling(String conversation) {
        held(conversation).pulling = false;
    }

    private void pull(String conversation, long upTo) {
        while (true) {
            long from;
            synchronized (this) {
                from = held(conversation).next;
            }
            if (from > upTo) {
                return;
            }
            var page = person().history(conversation, from - 1);
            if (page.isEmpty()) {
                return;
            }
            begin(conversation, page.getFirst().path("seq").asLong());
            page.forEach(entry -> take(conversation, entry));
        }
    }

    /// What it holds once that reaches `seq`.
    public synchronized List<JsonNode> awaitHeld(String conversation, long seq) throws InterruptedException {
        var held = held(conversation);
        Instant until = Instant.now().plus(Person.PATIENCE);
        while (held.next <= seq) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError(
                        "holds %s up to %d (expected: %d)".formatted(conversation, held.next - 1, seq));
            }
            wait(200);
        }
        return List.copyOf(held.entries);
    }

    @Override
    public void close() {
        person().close();
    }
}
