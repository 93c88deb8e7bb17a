package io.magpie.gateway;

import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Login;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.session.CommandHandler;
import io.magpie.core.session.Connection;
import io.magpie.core.session.Session;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Admits who says `good`, keeps who says `wait` until the test lets go, refuses everybody else, and answers
/// requests at once, `history` with as much as the test asks for. Throws at `recall`.
final class FakeHandler implements CommandHandler {
    static final ConversationId CONVERSATION = ConversationId.direct(1, 2);

    record Waiting(Connection connection, @Nullable String id, Command.Hello hello, Consumer<Session> admitted) {}

    final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    final BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<Session> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    final Queue<Runnable> unanswered = new ConcurrentLinkedQueue<>();
    final AtomicLong users = new AtomicLong();
    volatile int historyBytes = 10;
    volatile boolean answering = true;

    @Override
    public void hello(
            Connection connection, @Nullable String requestId, Command.Hello hello, Consumer<Session> admitted) {
        var waiter = new Waiting(connection, requestId, hello, admitted);
        switch (hello.token()) {
            case "good" -> admit(waiter);
            case "wait" -> waiting.add(waiter);
            case "throw" -> throw new IllegalStateException("hello asked for it");
            default ->
                connection.reply(requestId, new Reply.Failed(new Rejection(ErrorCode.UNAUTHENTICATED, "token: wrong")));
        }
    }

    Session admit(Waiting waiter) {
        long user = users.incrementAndGet();
        var login = new Login(user, user, waiter.hello.device(), 0, 0, Long.MAX_VALUE);
        var session = new Session(login, waiter.hello.device(), waiter.connection, Runnable::run, 0);
        opened.add(session);
        waiter.admitted.accept(session);
        waiter.connection.reply(waiter.id, new Reply.Welcome(user, user, "n", "e", 0, 30_000, 65_536));
        return session;
    }

    @Override
    public void handle(Session session, Request request) {
        requests.add(request);
        if (request.command() instanceof Command.Recall) {
            throw new IllegalStateException("recall asked for it");
        }
        Runnable answer = () -> session.connection().reply(request.id(), answerTo(request.command()));
        if (answering) {
            answer.run();
        } else {
            unanswered.add(answer);
        }
    }

    private Reply answerTo(Command command) {
        return command instanceof Command.History history
                ? new Reply.Entries(
                        history.conversation(), List.of(entry(history.conversation(), 1, historyBytes)), false)
                : new Reply.Ok();
    }

    @Override
    public void closed(Session session) {
        closed.add(session);
    }

    static Entry entry(ConversationId conversation, long seq, int bytes) {
        var body = new Body.Message(new Content.Text("x".repeat(bytes)), 0, Mentions.NONE);
        return new Entry(conversation, seq, 2, 0, "c" + seq, body);
    }
}
