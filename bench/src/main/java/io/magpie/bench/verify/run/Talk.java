package io.magpie.bench.verify.run;

import io.magpie.bench.verify.history.Recorder;
import io.magpie.bench.verify.history.What;
import io.magpie.bench.verify.history.Where;
import io.magpie.client.Transport;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.protocol.ServerFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One session: asks, hears, writes everything down, and does nothing by itself. Any thread.
final class Talk implements Transport.Listener {
    private static final int CONNECT_SECONDS = 10;

    private final Transport transport;
    private final Where where;
    private final Recorder recorder;
    private final Consumer<Event> pushes;
    private final CompletableFuture<Transport.Link> link = new CompletableFuture<>();
    private final Map<Long, Question> open = new ConcurrentHashMap<>();
    private final AtomicBoolean welcomed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean owed = new AtomicBoolean();
    private volatile boolean reading = true;

    private record Question(Command command, CompletableFuture<Reply> reply) {}

    private Talk(Transport transport, Where where, Recorder recorder, Consumer<Event> pushes) {
        this.transport = transport;
        this.where = where;
        this.recorder = recorder;
        this.pushes = pushes;
    }

    /// Begins to connect.
    ///
    /// @param pushes is told what is pushed, one at a time
    static Talk begin(Transport transport, Place place, Where where, Recorder recorder, Consumer<Event> pushes) {
        var talk = new Talk(transport, where, recorder, pushes);
        transport.open(place.webSocket(), talk);
        return talk;
    }

    /// Whether the server let it in.
    boolean hello(Command.Hello hello) throws InterruptedException {
        try {
            link.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            abort("did not connect");
            return false;
        }
        boolean in = ask(hello, CONNECT_SECONDS * 1_000)
                .filter(Reply.Welcome.class::isInstance)
                .isPresent();
        if (!in) {
            abort("no welcome");
        }
        return in;
    }

    /// Empty if nobody knows the answer in time; it is written down should it come later.
    Optional<Reply> ask(Command command, int patienceMs) throws InterruptedException {
        if (over.get()) {
            return Optional.empty();
        }
        long request = recorder.nextRequest();
        var question = new Question(command, new CompletableFuture<>());
        open.put(request, question);
        if (!(command instanceof Command.Hello)) {
            recorder.seen(where, new What.Asked(request, command));
        }
        say(Long.toString(request), command);
        if (over.get()) {
            forget();
        }
        try {
            return Optional.of(question.reply.get(patienceMs, TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        }
    }

    /// Wants no answer and is not written down.
    void tell(Command command) {
        say(null, command);
    }

    private void say(@Nullable String request, Command command) {
        if (link.isDone() && !link.isCompletedExceptionally()) {
            link.join().send(transport.codec().encodeRequest(new Request(request, command)));
        }
    }

    /// Stops taking frames from the connection, or goes on.
    void reading(boolean active) {
        if (reading != active) {
            recorder.seen(where, new What.Reading(active));
            reading = active;
            if (active && owed.compareAndSet(true, false)) {
                var _ = link.thenAccept(Transport.Link::pull);
            }
        }
    }

    boolean isOpen() {
        return !over.get();
    }

    Where where() {
        return where;
    }

    /// Ends it without a word.
    void abort(String why) {
        end(why);
        var _ = link.thenAccept(Transport.Link::abort);
    }

    @Override
    public void opened(Transport.Link opened) {
        link.complete(opened);
        if (over.get()) {
            opened.abort();
        } else {
            opened.pull();
        }
    }

    @Override
    public void frame(byte[] frame) {
        if (over.get()) {
            return;
        }
        switch (transport.codec().decodeServerFrame(frame)) {
            case ServerFrame.Answer answer -> answered(answer);
            case ServerFrame.Push(Event event) -> {
                recorder.seen(where, new What.Pushed(event));
                pushes.accept(event);
            }
            case ServerFrame.Ping _ -> tell(new Command.Ping());
            case ServerFrame.Unknown _ -> {}
        }
        owed.set(true);
        if (reading && owed.compareAndSet(true, false)) {
            link.join().pull();
        }
    }

    private void answered(ServerFrame.Answer answer) {
        String id = answer.id();
        Question question = id == null ? null : open.remove(Long.parseLong(id));
        if (id == null || question == null) {
            return;
        }
        if (answer.reply() instanceof Reply.Welcome) {
            welcomed.set(true);
            recorder.seen(where, new What.Online());
        } else if (!(question.command instanceof Command.Hello)) {
            recorder.seen(where, new What.Answered(Long.parseLong(id), question.command, answer.reply()));
        }
        question.reply.complete(answer.reply());
    }

    @Override
    public void closed(String why) {
        end(why);
        link.completeExceptionally(new IllegalStateException(why));
    }

    private void end(String why) {
        if (over.compareAndSet(false, true)) {
            if (welcomed.get()) {
                recorder.seen(where, new What.Offline(why));
            }
            forget();
        }
    }

    /// What is open now will never be answered.
    private void forget() {
        for (Long request : List.copyOf(open.keySet())) {
            Question question = open.remove(request);
            if (question != null) {
                if (!(question.command instanceof Command.Hello)) {
                    recorder.seen(where, new What.Unanswered(request, question.command, "the connection ended"));
                }
                question.reply.completeExceptionally(new IllegalStateException("closed"));
            }
        }
    }
}
