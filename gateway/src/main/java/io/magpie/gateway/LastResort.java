package io.magpie.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Last of every pipeline: ends the connection on what no handler took, exceptions above all.
final class LastResort extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(LastResort.class);

    private final ClientConnection connection;

    LastResort(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        connection.end(CloseReason.FAULT);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case DecoderException e
            when e.getCause() instanceof SSLException -> connection.abandon(CloseReason.PROTOCOL_ERROR);
            case IOException _ -> connection.abandon(CloseReason.GONE);
            case CorruptedWebSocketFrameException corrupt -> connection.end(reason(corrupt));
            default -> {
                log.debug("a connection failed", cause);
                connection.end(CloseReason.FAULT);
            }
        }
    }

    private static CloseReason reason(CorruptedWebSocketFrameException corrupt) {
        return corrupt.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)
                ? CloseReason.TOO_LARGE
                : CloseReason.PROTOCOL_ERROR;
    }
}
