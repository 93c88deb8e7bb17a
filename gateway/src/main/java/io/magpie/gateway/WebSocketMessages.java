package io.magpie.gateway;

import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.magpie.gateway.websocket.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/// WebSocket frames to whole messages: joins fragments within the limit, answers ping, swallows pong, ends on close,
/// refuses text where binary is spoken and the other way round as malformed. Passes on one [ByteBuf] for each message;
/// UTF-8 is
/// the codec's to check. The frame decoder before it has seen to the order of fragments.
final class WebSocketMessages extends ChannelInboundHandlerAdapter {
    private static final Rejection BINARY =
            new Rejection(ErrorCode.MALFORMED, "message: binary (expected: text, one JSON object)");
    private static final Rejection TEXT =
            new Rejection(ErrorCode.MALFORMED, "message: text (expected: binary, one protobuf Frame)");

    private final ClientConnection connection;
    private final Malformed malformed;
    private final GatewayStats stats;
    private final int maxBytes;
    private final boolean binary;
    private @Nullable ByteBuf partial;
    private boolean text;

    /// @param binary whether binary messages are spoken; otherwise text
    WebSocketMessages(
            ClientConnection connection, Malformed malformed, GatewayStats stats, int maxBytes, boolean binary) {
        this.connection = connection;
        this.malformed = malformed;
        this.stats = stats;
        this.maxBytes = maxBytes;
        this.binary = binary;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            if (!connection.isEnding()) {
                take(ctx, frame);
            }
        } finally {
            frame.release();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void take(ChannelHandlerContext ctx, WebSocketFrame frame) {
        switch (frame) {
            case PingWebSocketFrame _ -> connection.write(WebSocketFrames.pong(ctx.alloc(), frame.content()));
            case PongWebSocketFrame _ -> {}
            case CloseWebSocketFrame _ -> connection.end(CloseReason.CLIENT);
            case ContinuationWebSocketFrame _ -> join(ctx, frame);
            default -> {
                text = frame instanceof TextWebSocketFrame;
                if (frame.isFinalFragment()) {
                    pass(ctx, frame.content().retain());
                } else {
                    join(ctx, frame);
                }
            }
        }
    }

    private void join(ChannelHandlerContext ctx, WebSocketFrame frame) {
        var whole = partial == null ? ctx.alloc().buffer() : partial;
        partial = whole;
        if (whole.readableBytes() + frame.content().readableBytes() > maxBytes) {
            connection.end(CloseReason.TOO_LARGE);
            return;
        }
        whole.writeBytes(frame.content());
        if (frame.isFinalFragment()) {
            partial = null;
            pass(ctx, whole);
        }
    }

    private void pass(ChannelHandlerContext ctx, ByteBuf whole) {
        stats.frameReceived();
        if (text != binary) {
            ctx.fireChannelRead(whole);
        } else {
            whole.release();
            malformed.refuse(null, text ? TEXT : BINARY);
        }
    }
}
