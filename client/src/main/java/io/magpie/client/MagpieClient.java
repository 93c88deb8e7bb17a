package io.magpie.client;

import io.magpie.client.copy.LocalCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.ConversationItem;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A device of a user: keeps a connection while there is a server, and a copy of the conversations all the
/// time.
///
/// - What is sent is in the outbox when [#send] returns its future, and stays there, also over the end of the
///   process if the copy is durable, until the server has stored it once or refused it.
/// - The listener hears of every entry of a conversation in order and once, live ones and missed ones alike.
/// - Memory is bounded: the copy keeps the newest entries, the outbox takes [ClientSettings#outboxLimit]
///   messages, and a listener that does not keep up makes the client read less from the server.
///
/// Threads: every method may be called from any thread and returns at once, except [#close]. The listener is
/// called one event at a time, in order; it may block and may call the client. Futures complete on the
/// client's own lane: what depends on them without an executor of its own must not block.
public final class MagpieClient implements AutoCloseable {
    private final Lane lane;
    private final Lane events;
    private final LocalCopy copy;
    private final Engine engine;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private MagpieClient(
            ClientRuntime runtime, ClientSettings settings, LocalCopy copy, Consumer<ClientEvent> listener) {
        this.lane = new Lane(runtime);
        this.events = new Lane(runtime);
        this.copy = copy;
        this.engine = new Engine(
                runtime, settings, copy, lane, events, event -> events.execute(() -> listener.accept(event)));
    }

    /// Tells what the copy holds of conversations and waiting messages, and begins to connect.
    ///
    /// @param copy of this client alone, which closes it
    public static MagpieClient open(
            ClientRuntime runtime, ClientSettings settings, LocalCopy copy, Consumer<ClientEvent> listener) {
        MagpieClient client = new MagpieClient(runtime, settings, copy, listener);
        client.lane.execute(client.engine::start);
        return client;
    }

    public CompletableFuture<Reply.Sent> send(ConversationId conversation, Content content) {
        return send(conversation, content, 0, Mentions.NONE);
    }

    /// @param replyTo seq of the message answered; 0 if none
    /// @return fails with [ClientException.Refused] if the server refuses, with [ClientException.Ended] if the
    ///     client ends first
    public CompletableFuture<Reply.Sent> send(
            ConversationId conversation, Content content, long replyTo, Mentions mentions) {
        return send(
                new Command.Send(conversation, lane.freshId(), content, replyTo, mentions, Command.Priority.NORMAL));
    }

    /// With a `clientId` of the caller's: unique per conversation, and not in use.
    public CompletableFuture<Reply.Sent> send(Command.Send message) {
        CompletableFuture<Reply.Sent> done = new CompletableFuture<>();
        lane.execute(() -> engine.outbox.send(message, done));
        return done;
    }

    /// The newest entries before `seq`, from the copy or the server; [Long#MAX_VALUE] for the newest of all.
    public CompletableFuture<Page> history(ConversationId conversation, long seq, int limit) {
        return onLane(() -> {
            LocalCopy.Span held = copy.held(conversation);
            boolean newest = seq == Long.MAX_VALUE;
            long before = newest && held.known() ? held.high() + 1 : Math.min(seq, ConversationId.MAX_ID);
            return engine.paging.before(conversation, before, limit);
        });
    }

    public CompletableFuture<List<ConversationItem>> conversations() {
        return onLane(() -> CompletableFuture.completedFuture(engine.catalog.items()));
    }

    /// The user has read up to `seq`. Kept until the server knows.
    public void read(ConversationId conversation, long seq) {
        lane.execute(() -> engine.read(conversation, seq));
    }

    /// Lost if offline.
    public void typing(ConversationId conversation, boolean active) {
        lane.execute(() -> engine.reconnector.tell(new Command.Typing(conversation, active)));
    }

    /// @return the seq of the recall; fails if offline
    public CompletableFuture<Long> recall(ConversationId conversation, long seq) {
        return recorded(conversation, new Command.Recall(conversation, seq));
    }

    /// @return the seq of the edit; fails if offline
    public CompletableFuture<Long> edit(ConversationId conversation, long seq, Content content) {
        return recorded(conversation, new Command.Edit(conversation, seq, content));
    }

    /// @return the seq of the reaction; fails if offline
    public CompletableFuture<Long> react(ConversationId conversation, long seq, String emoji, boolean active) {
        return recorded(conversation, new Command.React(conversation, seq, emoji, active));
    }

    private CompletableFuture<Long> recorded(ConversationId conversation, Command command) {
        return request(command).thenCompose(reply -> {
            if (!(reply instanceof Reply.Recorded(long seq))) {
                return CompletableFuture.failedFuture(new ClientException.Disconnected("unexpected answer"));
            }
            lane.execute(() -> engine.exists(conversation, seq));
            return CompletableFuture.completedFuture(seq);
        });
    }

    /// Whose presence the listener is told, from now on and over reconnects.
    public void watch(List<Long> users) {
        List<Long> copied = List.copyOf(users);
        lane.execute(() -> engine.watch(copied));
    }

    /// Any request, as it is; fails if offline.
    public CompletableFuture<Reply> request(Command command) {
        return onLane(() -> engine.reconnector.request(command));
    }

    /// Ends this connection; a new one follows as after any loss.
    public void reconnect() {
        lane.execute(() -> engine.reconnector.reconnect("asked to reconnect"));
    }

    private <T> CompletableFuture<T> onLane(Supplier<CompletableFuture<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        lane.execute(() -> {
            var _ = task.get().whenComplete((value, error) -> {
                if (error == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(error);
                }
            });
        });
        return result;
    }

    /// Says goodbye and closes the copy; waits a few seconds at most. Not from what depends on a future of this
    /// client.
    @Override
    public void close() {
        lane.execute(() -> {
            if (!closed.isDone()) {
                engine.reconnector.close();
                engine.catalog.save();
                copy.close();
                closed.complete(null);
            }
        });
        var _ = closed.copy().completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
    }
}
