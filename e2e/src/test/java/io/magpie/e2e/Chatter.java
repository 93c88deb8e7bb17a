package io.magpie.e2e;

import io.magpie.bench.check.DeviceRecord;
import io.magpie.bench.check.Digest;
import io.magpie.bench.check.History;
import io.magpie.client.CatchUp;
import io.magpie.client.ClientEvent;
import io.magpie.client.ClientRuntime;
import io.magpie.client.ClientSettings;
import io.magpie.client.ConnectionState;
import io.magpie.client.MagpieClient;
import io.magpie.client.Protocol;
import io.magpie.client.copy.MemoryCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.e2e.harness.Node;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A user at one device who keeps writing through the client library, over any number of deaths of the server, and
/// writes down what was acknowledged and what came.
final class Chatter implements AutoCloseable {
    private static final int READS_EVERY = 7;

    private final String name;
    private final History history;
    private final DeviceRecord record;
    private final MagpieClient client;
    private final CompletableFuture<Long> user = new CompletableFuture<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<ConversationId, Long> read = new ConcurrentHashMap<>();
    private final Map<ConversationId, Set<Long>> byOthers = new ConcurrentHashMap<>();
    private volatile List<ConversationId> conversations = List.of();
    private volatile boolean writing;

    Chatter(String name, String device, ClientRuntime runtime, Protocol protocol, Node node, History history) {
        this.name = name;
        this.history = history;
        this.record = history.device(name + "/" + device);
        ClientSettings settings = ClientSettings.of(
                        () -> address(node, protocol), node.token(name), new Device(device, Platform.BOT, ""))
                .over(protocol)
                .with(CatchUp.ALL)
                .withBackoff(Duration.ofMillis(50), Duration.ofMillis(500));
        this.client = MagpieClient.open(runtime, settings, new MemoryCopy(), this::heard);
    }

    /// Where the node is in this life; fails while it is dead.
    private static CompletableFuture<URI> address(Node node, Protocol protocol) {
        try {
            return CompletableFuture.completedFuture(
                    switch (protocol) {
                        case JSON, PROTOBUF -> URI.create("ws://" + node.realtime() + "/ws");
                        case TCP -> URI.create("tcp://" + node.tcp());
                    });
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    CompletableFuture<Long> user() {
        return user;
    }

    long id() {
        return user.getNow(0L);
    }

    DeviceRecord record() {
        return record;
    }

    /// Begins to write into these conversations in turn, `atOnce` messages under way.
    void write(List<ConversationId> into, int atOnce) {
        conversations = List.copyOf(into);
        writing = true;
        for (int i = 0; i < atOnce; i++) {
            writeNext();
        }
    }

    /// Begins nothing new; what is under way goes on.
    void rest() {
        writing = false;
    }

    /// Messages written and not yet acknowledged.
    int open() {
        return open.get();
    }

    private void writeNext() {
        if (!writing) {
            return;
        }
        int number = written.incrementAndGet();
        ConversationId conversation = conversations.get(number % conversations.size());
        String clientId = name + "-" + number;
        String text = "message " + number + " of " + name;
        open.incrementAndGet();
        var message = new Command.Send(
                conversation, clientId, new Content.Text(text), 0, Mentions.NONE, Command.Priority.NORMAL);
        var _ = client.send(message).whenComplete((sent, _) -> {
            if (sent != null) {
                history.acknowledged(conversation.toString(), sent.seq(), Digest.of(id(), clientId, text));
                if (number % READS_EVERY == 0) {
                    readUpTo(conversation, sent.seq());
                }
                open.decrementAndGet();
            }
            writeNext();
        });
    }

    private void readUpTo(ConversationId conversation, long seq) {
        read.merge(conversation, seq, Math::max);
        client.read(conversation, seq);
    }

    /// The last seq this device has read in each conversation.
    Map<ConversationId, Long> read() {
        return read;
    }

    CompletableFuture<List<ConversationItem>> items() {
        return client.conversations();
    }

    private void heard(ClientEvent event) {
        switch (event) {
            case ClientEvent.ConnectionChanged(ConnectionState.Online online) ->
                user.complete(online.welcome().userId());
            case ClientEvent.ConnectionChanged(ConnectionState.Ended ended) ->
                user.completeExceptionally(new IllegalStateException(ended.cause() + ": " + ended.message()));
            case ClientEvent.EntryAdded(Entry entry) -> entry(entry);
            default -> {}
        }
    }

    private void entry(Entry entry) {
        String clientId = entry.clientId();
        boolean message = entry.body() instanceof Body.Message;
        long digest = clientId != null
                        && entry.body() instanceof Body.Message(Content.Text(String text), var _, var _, var _, var _)
                ? Digest.of(entry.sender(), clientId, text)
                : Digest.NONE;
        record.received(entry.conversation().toString(), entry.seq(), digest);
        if (message && entry.sender() != id()) {
            byOthers.computeIfAbsent(entry.conversation(), _ -> ConcurrentHashMap.newKeySet())
                    .add(entry.seq());
        }
    }

    /// What unread is by its definition: messages of others after the read cursor, up to 1000.
    long unreadAfter(ConversationId conversation, long readSeq) {
        return Math.min(
                1000,
                byOthers.getOrDefault(conversation, Set.of()).stream()
                        .filter(seq -> seq > readSeq)
                        .count());
    }

    @Override
    public void close() {
        client.close();
    }
}
