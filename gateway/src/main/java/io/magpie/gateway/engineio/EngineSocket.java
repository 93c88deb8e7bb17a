package io.magpie.gateway.engineio;

import io.magpie.gateway.websocket.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A WebSocket of a session, the last handler of the socket's pipeline: whole frames in, packets to the session. It
/// lives on the socket's loop; [#write], [#flush], [#read] and [#end] may come from any thread.
///
/// It closes patiently: what was written is flushed, the sending side is shut, and what still comes in is thrown away
/// until the peer closes too, or the grace is over.
final class EngineSocket extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final Duration grace;
    private @Nullable EngineChannel session;
    private boolean closing;

    EngineSocket(Channel channel, Duration grace) {
        this.channel = channel;
        this.grace = grace;
    }

    /// Before the first frame is read.
    void carry(EngineChannel carried) {
        session = carried;
    }

    void write(ByteBuf frame) {
        var _ = channel.write(frame, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void read(boolean on) {
        channel.config().setAutoRead(on);
    }

    void end() {
        channel.eventLoop().execute(() -> end(WebSocketCloseStatus.NORMAL_CLOSURE));
    }

    private void end(WebSocketCloseStatus status) {
        if (closing) {
            return;
        }
        closing = true;
        channel.config().setAutoRead(true);
        write(WebSocketFrames.close(channel.alloc(), status.code(), ""));
        var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess() && channel instanceof DuplexChannel duplex && channel.isActive()) {
                var _ = duplex.shutdownOutput();
            } else {
                closeNow();
            }
        });
        var patience = channel.eventLoop().schedule(this::closeNow, grace.toNanos(), TimeUnit.NANOSECONDS);
        var _ = channel.closeFuture().addListener(_ -> patience.cancel(false));
    }

    private void closeNow() {
        var _ = channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!closing && message instanceof WebSocketFrame frame && session != null) {
                take(session, frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(EngineChannel to, WebSocketFrame frame) {
        switch (frame) {
            case PingWebSocketFrame _ -> {
                write(WebSocketFrames.pong(channel.alloc(), frame.content()));
                flush();
            }
            case CloseWebSocketFrame _ -> {
                to.gone(this);
                end(WebSocketCloseStatus.NORMAL_CLOSURE);
            }
            case TextWebSocketFrame _ -> to.receive(this, Packet.text(heap(frame.content())));
            default -> {
                if (frame instanceof BinaryWebSocketFrame) {
                    to.receive(this, Packet.binary(heap(frame.content())));
                }
            }
        }
    }

    // Handed to another thread, which may never come to it: so it is left to the garbage collector.
    private static ByteBuf heap(ByteBuf content) {
        return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(content));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (session != null && channel.isWritable()) {
            session.writable(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (session != null) {
            session.gone(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case TooLongFrameException _ -> end(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            case CorruptedWebSocketFrameException corrupt -> end(corrupt.closeStatus());
            default -> closeNow();
        }
        if (session != null) {
            session.gone(this);
        }
    }
}
