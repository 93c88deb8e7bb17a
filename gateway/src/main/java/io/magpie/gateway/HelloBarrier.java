package io.magpie.gateway;

import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.magpie.core.session.CommandHandler;
import io.magpie.core.session.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets nothing but `hello` through while the connection has no user. What comes while one is being checked
/// waits; once it is admitted the barrier makes way for a [SessionHandler].
final class HelloBarrier extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HelloBarrier.class);
    private static final Reply TOO_EARLY = new Reply.Failed(
            new Rejection(ErrorCode.UNAUTHENTICATED, "request: before hello (expected: hello as the first request)"));

    private final ClientConnection connection;
    private final CommandHandler handler;

    HelloBarrier(ClientConnection connection, CommandHandler handler) {
        this.connection = connection;
        this.handler = handler;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof Request(var id, var command))) {
            ctx.fireChannelRead(message);
        } else if (command instanceof Command.Hello hello) {
            check(ctx, id, hello);
        } else {
            connection.answer(id, TOO_EARLY);
        }
    }

    private void check(ChannelHandlerContext ctx, @Nullable String id, Command.Hello hello) {
        connection.pause(Intake.Pause.HELLO);
        try {
            handler.hello(connection, id, hello, session -> admit(ctx, session));
        } catch (RuntimeException e) {
            log.error("hello failed", e);
            connection.reply(id, SessionHandler.FAULT);
        }
    }

    private void admit(ChannelHandlerContext ctx, Session session) {
        if (!ctx.executor().inEventLoop()) {
            connection.lane().execute(() -> admit(ctx, session));
        } else if (connection.open(session)) {
            ctx.pipeline().replace(this, "session", new SessionHandler(connection, handler, session));
        } else {
            // The socket was faster; the handler still learns the end of what it admitted.
            connection.lane().execute(() -> handler.closed(session));
        }
    }
}
