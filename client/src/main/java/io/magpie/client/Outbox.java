package io.magpie.client;

import io.magpie.client.copy.LocalCopy;
import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Messages on their way: of each conversation one at a time, in the order they were written, repeated with
/// the same `clientId` until the server has answered for good. On the lane.
final class Outbox {
    private static final int INTERNAL_ERRORS = 5;

    interface Owner {
        void queued(Command.Send message);

        void sent(Command.Send message, Reply.Sent sent);

        void failed(Command.Send message, Rejection rejection);
    }

    private static final class Waiting {
        private final Command.Send message;
        private final CompletableFuture<Reply.Sent> done;
        private int attempts;
        private int internalErrors;

        Waiting(Command.Send message, CompletableFuture<Reply.Sent> done) {
            this.message = message;
            this.done = done;
        }
    }

    private static final class Line {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private boolean busy;
    }

    private final Lane lane;
    private final Uplink uplink;
    private final LocalCopy copy;
    private final ClientSettings settings;
    private final Owner owner;
    private final Map<ConversationId, Line> lines = new LinkedHashMap<>();
    private int size;
    private long generation;
    private boolean ended;

    Outbox(Lane lane, Uplink uplink, LocalCopy copy, ClientSettings settings, Owner owner) {
        this.lane = lane;
        this.uplink = uplink;
        this.copy = copy;
        this.settings = settings;
        this.owner = owner;
    }

    /// Takes over what an earlier process left.
    void load() {
        for (Request request : copy.queue()) {
            if (request.command() instanceof Command.Send message) {
                line(message).waiting.add(new Waiting(message, new CompletableFuture<>()));
                size++;
                owner.queued(message);
            }
        }
    }

    /// Another user's messages must not be sent as this one's.
    void drop() {
        List<Waiting> dropped =
                lines.values().stream().flatMap(line -> line.waiting.stream()).toList();
        lines.clear();
        size = 0;
        dropped.forEach(waiting -> waiting.done.completeExceptionally(new ClientException.Ended()));
    }

    void send(Command.Send message, CompletableFuture<Reply.Sent> done) {
        if (ended) {
            done.completeExceptionally(new ClientException.Ended());
            return;
        }
        if (size >= settings.outboxLimit()) {
            String full = "outbox: " + size + " messages waiting (expected: fewer)";
            refuse(new Waiting(message, done), new Rejection(ErrorCode.RATE_LIMITED, full));
            return;
        }
        copy.queued(new Request(message.clientId(), message));
        size++;
        Line line = line(message);
        line.waiting.add(new Waiting(message, done));
        owner.queued(message);
        advance(line);
    }

    private Line line(Command.Send message) {
        return lines.computeIfAbsent(message.conversation(), _ -> new Line());
    }

    void connected() {
        List.copyOf(lines.values()).forEach(this::advance);
    }

    void disconnected() {
        generation++;
        lines.values().forEach(line -> line.busy = false);
    }

    void end() {
        ended = true;
        lines.values().stream()
                .flatMap(line -> line.waiting.stream())
                .toList()
                .forEach(waiting -> waiting.done.completeExceptionally(new ClientException.Ended()));
    }

    private void advance(Line line) {
        Waiting first = line.waiting.peekFirst();
        if (first == null || line.busy || !uplink.online()) {
            return;
        }
        line.busy = true;
        long during = generation;
        var _ = uplink.request(first.message).whenComplete((reply, error) -> {
            if (during == generation) {
                answered(line, first, reply, error);
            }
        });
    }

    private void answered(Line line, Waiting first, @Nullable Reply reply, @Nullable Throwable error) {
        if (reply instanceof Reply.Sent sent) {
            settle(line, first);
            owner.sent(first.message, sent);
            first.done.complete(sent);
            next(line, first);
        } else if (error instanceof ClientException.Refused refused) {
            refused(line, first, refused.rejection());
        }
        // Anything else is the end of the connection: the next one repeats the message.
    }

    private void refused(Line line, Waiting first, Rejection rejection) {
        ErrorCode code = rejection.code();
        boolean again = code == ErrorCode.UNAVAILABLE
                || code == ErrorCode.RATE_LIMITED
                || code == ErrorCode.UNAUTHENTICATED
                || (code == ErrorCode.INTERNAL && ++first.internalErrors < INTERNAL_ERRORS);
        if (!again) {
            settle(line, first);
            refuse(first, rejection);
            next(line, first);
            return;
        }
        long backoff = Math.min(
                settings.backoffMax().toMillis(), settings.backoffFirst().toMillis() << Math.min(first.attempts++, 20));
        long during = generation;
        lane.after(lane.upTo(backoff).plusMillis(rejection.retryAfterMs()), () -> {
            if (during == generation) {
                line.busy = false;
                advance(line);
            }
        });
    }

    private void refuse(Waiting waiting, Rejection rejection) {
        owner.failed(waiting.message, rejection);
        waiting.done.completeExceptionally(new ClientException.Refused(rejection));
    }

    private void settle(Line line, Waiting first) {
        line.waiting.remove(first);
        size--;
        copy.answered(first.message.clientId());
    }

    private void next(Line line, Waiting answered) {
        line.busy = false;
        if (line.waiting.isEmpty()) {
            lines.remove(answered.message.conversation(), line);
        } else {
            advance(line);
        }
    }
}
