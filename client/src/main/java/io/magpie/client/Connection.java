package io.magpie.client;

import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.protocol.Codec;
import io.magpie.protocol.ServerFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One connection from opening to its end: matches answers with requests, keeps the session alive, and drops a
/// connection on which an answer is overdue. Its state is the lane's; the transport's callbacks only enqueue.
final class Connection implements Transport.Listener {
    /// On the lane.
    interface Owner {
        void opened(Connection connection);

        void pushed(Connection connection, Event event);

        /// Once, and nothing after it.
        void ended(Connection connection, String why);

        /// Calls back when there is room for the consequences of one more frame.
        void whenReady(Runnable pull);
    }

    private record Pending(CompletableFuture<Reply> answer, long deadline) {}

    private final Lane lane;
    private final Codec codec;
    private final Owner owner;
    private final long answerWithinMs;
    private final Map<String, Pending> pending = new HashMap<>();
    private final Deque<String> inOrder = new ArrayDeque<>();
    private Transport.@Nullable Link link;
    private long ids;
    private long lastSent;
    private boolean over;
    private boolean watching;

    Connection(Lane lane, Codec codec, Owner owner, Duration answerWithin) {
        this.lane = lane;
        this.codec = codec;
        this.owner = owner;
        this.answerWithinMs = answerWithin.toMillis();
    }

    @Override
    public void opened(Transport.Link opened) {
        lane.execute(() -> {
            if (over) {
                opened.abort();
                return;
            }
            link = opened;
            lastSent = lane.now();
            opened.pull();
            owner.opened(this);
        });
    }

    @Override
    public void frame(byte[] frame) {
        lane.execute(() -> {
            if (over) {
                return;
            }
            switch (codec.decodeServerFrame(frame)) {
                case ServerFrame.Answer(String id, Reply reply) -> answered(id, reply);
                case ServerFrame.Push(Event event) -> owner.pushed(this, event);
                case ServerFrame.Ping _ -> tell(new Command.Ping());
                case ServerFrame.Unknown _ -> {}
            }
            Transport.Link from = link;
            if (from != null) {
                owner.whenReady(from::pull);
            }
        });
    }

    @Override
    public void closed(String why) {
        lane.execute(() -> end(why));
    }

    private void answered(@Nullable String id, Reply reply) {
        Pending waiting = id == null ? null : pending.remove(id);
        if (waiting == null) {
            return;
        }
        while (!inOrder.isEmpty() && !pending.containsKey(inOrder.getFirst())) {
            inOrder.removeFirst();
        }
        if (reply instanceof Reply.Failed(var rejection)) {
            waiting.answer.completeExceptionally(new ClientException.Refused(rejection));
        } else {
            waiting.answer.complete(reply);
        }
    }

    CompletableFuture<Reply> request(Command command) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        Transport.Link to = link;
        if (over || to == null) {
            answer.completeExceptionally(new ClientException.Disconnected("not connected"));
            return answer;
        }
        String id = Long.toString(++ids);
        pending.put(id, new Pending(answer, lane.now() + answerWithinMs));
        inOrder.addLast(id);
        lastSent = lane.now();
        to.send(codec.encodeRequest(new Request(id, command)));
        if (!watching) {
            watching = true;
            lane.after(Duration.ofMillis(answerWithinMs), this::watch);
        }
        return answer;
    }

    void tell(Command command) {
        Transport.Link to = link;
        if (!over && to != null) {
            lastSent = lane.now();
            to.send(codec.encodeRequest(new Request(null, command)));
        }
    }

    /// Every request waits equally long, so the first one is overdue first.
    private void watch() {
        watching = false;
        Pending first = inOrder.isEmpty() ? null : pending.get(inOrder.getFirst());
        if (over || first == null) {
            return;
        }
        long left = first.deadline - lane.now();
        if (left <= 0) {
            drop("no answer within " + answerWithinMs + " ms");
            return;
        }
        watching = true;
        lane.after(Duration.ofMillis(left), this::watch);
    }

    /// Pings whenever nothing was sent for half of `heartbeatMs`, so that the server never hears silence for
    /// longer.
    void keepAlive(long heartbeatMs) {
        if (heartbeatMs > 0) {
            long half = Math.max(1, heartbeatMs / 2);
            lane.after(Duration.ofMillis(half), () -> beat(half));
        }
    }

    private void beat(long half) {
        if (over) {
            return;
        }
        long idle = lane.now() - lastSent;
        if (idle >= half) {
            var _ = request(new Command.Ping());
            idle = 0;
        }
        lane.after(Duration.ofMillis(half - idle), () -> beat(half));
    }

    void drop(String why) {
        Transport.Link open = link;
        end(why);
        if (open != null) {
            open.abort();
        }
    }

    void close() {
        Transport.Link open = link;
        tell(new Command.Bye());
        end("closed");
        if (open != null) {
            open.close();
        }
    }

    private void end(String why) {
        if (over) {
            return;
        }
        over = true;
        owner.ended(this, why);
        var unanswered = inOrder.stream().map(pending::get).toList();
        pending.clear();
        inOrder.clear();
        for (Pending waiting : unanswered) {
            if (waiting != null) {
                waiting.answer.completeExceptionally(new ClientException.Disconnected(why));
            }
        }
    }
}
