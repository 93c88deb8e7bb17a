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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands the requests of an admitted session to the handler, in order. `bye` is served here, because it is
/// about the connection; `received` is also listened to, because it says that the peer lives.
final class SessionHandler extends ChannelInboundHandlerAdapter {
    static final Reply FAULT =
            new Reply.Failed(new Rejection(ErrorCode.INTERNAL, "the server failed; the reason is in its log"));
    private static final Logger log = LoggerFactory.getLogger(SessionHandler.class);
    private static final Reply SECOND_HELLO =
            new Reply.Failed(new Rejection(ErrorCode.CONFLICT, "hello: said before (expected: once per connection)"));

    private final ClientConnection connection;
    private final CommandHandler handler;
    private final Session session;

    SessionHandler(ClientConnection connection, CommandHandler handler, Session session) {
        this.connection = connection;
        this.handler = handler;
        this.session = session;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof Request request)) {
            ctx.fireChannelRead(message);
        } else if (request.command() instanceof Command.Hello) {
            connection.answer(request.id(), SECOND_HELLO);
        } else if (request.command() instanceof Command.Bye) {
            connection.leave(() -> {
                connection.answer(request.id(), new Reply.Ok());
                connection.end(CloseReason.CLIENT);
            });
        } else {
            if (request.command() instanceof Command.Received(var conversation, long seq)) {
                connection.received(conversation, seq);
            }
            serve(request);
        }
    }

    private void serve(Request request) {
        connection.begin(request);
        try {
            handler.handle(session, request);
        } catch (RuntimeException e) {
            log.error("{} failed", request.command().getClass().getSimpleName(), e);
            connection.reply(request.id(), FAULT);
        }
    }
}
