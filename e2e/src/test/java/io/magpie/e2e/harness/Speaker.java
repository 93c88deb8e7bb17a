package io.magpie.e2e.harness;

import io.magpie.client.Transport;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Device;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Entry;
import io.magpie.protocol.ServerFrame;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A user on whatever transport: requests and pushes as values, nothing done by itself. One thread asks.
public final class Speaker implements Transport.Listener, AutoCloseable {
    private final Transport transport;
    private final CompletableFuture<Transport.Link> link = new CompletableFuture<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final Map<String, CompletableFuture<Reply>> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Event> all = new ArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile long id;

    private Speaker(Transport transport) {
        this.transport = transport;
    }

    /// Connected and welcomed.
    public static Speaker of(Transport transport, URI address, String token, String device) {
        var speaker = new Speaker(transport);
        transport.open(address, speaker);
        if (!(speaker.ask(new Command.Hello(token, new Device(device, Platform.BOT, "")))
                instanceof Reply.Welcome welcome)) {
            throw new AssertionError("not welcome at " + address);
        }
        speaker.id = welcome.userId();
        return speaker;
    }

    public long id() {
        return id;
    }

    public Reply ask(Command command) {
        String request = Integer.toString(ids.incrementAndGet());
        var answer = new CompletableFuture<Reply>();
        asked.put(request, answer);
        got(link).send(transport.codec().encodeRequest(new Request(request, command)));
        if (closed.isDone() && !answer.isDone()) {
            throw new AssertionError("closed: " + closed.join());
        }
        return got(answer);
    }

    /// The seq of the entry that `command` made.
    public long made(Command command) {
        return switch (ask(command)) {
            case Reply.Sent sent -> sent.seq();
            case Reply.Recorded(long seq) -> seq;
            case Reply other -> throw new AssertionError(command + ": " + other);
        };
    }

    /// The next push that fits; those before it are passed over.
    public Event await(Predicate<Event> wanted, String what) {
        Instant until = Instant.now().plus(Person.PATIENCE);
        try {
            while (Instant.now().isBefore(until)) {
                var event = events.poll(200, TimeUnit.MILLISECONDS);
                if (event != null) {
                    all.add(event);
                    if (wanted.test(event)) {
                        return event;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(what + " did not come, but " + all);
    }

    /// The push of this entry; those before it are passed over.
    public Entry awaitEntry(ConversationId conversation, long seq) {
        var push = await(
                event -> event instanceof Event.EntryAdded(var entry)
                        && entry.conversation().equals(conversation)
                        && entry.seq() == seq,
                "entry " + seq + " of " + conversation);
        return ((Event.EntryAdded) push).entry();
    }

    /// Every push passed over or taken so far.
    public List<Event> heard() {
        return List.copyOf(all);
    }

    private <T> T got(CompletableFuture<T> future) {
        try {
            Duration patience = Person.PATIENCE;
            return future.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer; closed: " + closed.getNow("no"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Why the connection ended; waits for it.
    public String awaitClosed() {
        return got(closed);
    }

    @Override
    public void opened(Transport.Link opened) {
        link.complete(opened);
        opened.pull();
    }

    @Override
    public void frame(byte[] frame) {
        switch (transport.codec().decodeServerFrame(frame)) {
            case ServerFrame.Answer(var request, var reply) -> {
                var waiting = request == null ? null : asked.remove(request);
                if (waiting != null) {
                    waiting.complete(reply);
                }
            }
            case ServerFrame.Push(var event) -> events.add(event);
            case ServerFrame.Ping _ ->
                got(link).send(transport.codec().encodeRequest(new Request(null, new Command.Ping())));
            case ServerFrame.Unknown unknown -> throw new AssertionError(unknown);
        }
        got(link).pull();
    }

    @Override
    public void closed(String why) {
        closed.complete(why);
        link.completeExceptionally(new IllegalStateException(why));
        asked.values().forEach(answer -> answer.completeExceptionally(new IllegalStateException(why)));
    }

    @Override
    public void close() {
        if (link.isDone() && !link.isCompletedExceptionally()) {
            link.join().abort();
        }
    }
}
