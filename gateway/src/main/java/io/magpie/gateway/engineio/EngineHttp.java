package io.magpie.gateway.engineio;

import io.magpie.gateway.websocket.WebSocketKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The requests of one socket, one after the other: whoever sends the next one before it has the answer to the last
/// is not listened to any more. Behind an [HttpServerCodec]; makes way for the handlers of a WebSocket.
public final class EngineHttp extends ChannelDuplexHandler {
    private final EngineServer server;
    private @Nullable Route route;
    private @Nullable Exchange exchange;
    private @Nullable Exchange unanswered;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private boolean deaf;
    private @Nullable Future<?> idle;

    public EngineHttp(EngineServer server) {
        this.server = server;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        awaitRequest(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopWaiting();
        body.release();
        body = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!deaf && message instanceof HttpRequest head) {
                begin(ctx, head);
            }
            if (!deaf && message instanceof HttpContent content) {
                add(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        if (unanswered != null) {
            deaf = true;
            return;
        }
        var started = new Exchange(ctx.channel(), head);
        exchange = started;
        unanswered = started;
        if (head.decoderResult().isFailure()
                || HttpUtil.getContentLength(head, 0L) > server.settings().maxPayload()) {
            deaf = true;
            started.refuseAndClose(head.decoderResult().isFailure() ? EngineError.BAD_REQUEST : EngineError.TOO_LARGE);
            return;
        }
        route = server.route(head, (InetSocketAddress) ctx.channel().remoteAddress());
        if (route instanceof Route.Post(var session)) {
            session.postBegins(started);
        }
        if (HttpUtil.is100ContinueExpected(head)) {
            var _ = ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void add(ChannelHandlerContext ctx, HttpContent content) {
        var asked = exchange;
        if (asked == null || route == null) {
            return;
        }
        if (content.decoderResult().isFailure()
                || body.readableBytes() + content.content().readableBytes()
                        > server.settings().maxPayload()) {
            deaf = true;
            asked.refuseAndClose(content.decoderResult().isFailure() ? EngineError.BAD_REQUEST : EngineError.TOO_LARGE);
            if (route instanceof Route.Post(var session)) {
                session.aborted(asked);
            }
            return;
        }
        if (route instanceof Route.Post && content.content().isReadable()) {
            // On the heap: it is handed to another thread, which may never come to it.
            body = body.isReadable() ? body : Unpooled.buffer(content.content().readableBytes());
            body.writeBytes(content.content());
        }
        if (content instanceof LastHttpContent) {
            stopWaiting();
            exchange = null;
            answer(ctx, route, asked);
        }
    }

    private void answer(ChannelHandlerContext ctx, Route wanted, Exchange asked) {
        switch (wanted) {
            case Route.Refused(var error) -> asked.refuse(error);
            case Route.Preflight _ -> asked.preflight();
            case Route.Poll(var session) -> session.poll(asked);
            case Route.Post(var session) -> {
                session.postEnds(asked, body);
                body = Unpooled.EMPTY_BUFFER;
            }
            case Route.Open(var opening, var key) -> {
                // Not before the request is whole: what is counted here must become a session.
                if (server.admits(opening)) {
                    open(ctx, opening, key, asked);
                } else {
                    asked.refuse(EngineError.OVERLOADED);
                }
            }
            case Route.Upgrade(var session, var key) -> {
                var socket = becomeWebSocket(ctx, key);
                socket.carry(session);
                session.upgrade(socket);
                leave(ctx);
            }
        }
    }

    private void open(ChannelHandlerContext ctx, Opening opening, @Nullable String key, Exchange asked) {
        if (key == null) {
            asked.open(server.open(ctx.channel(), opening, null).handshake());
            return;
        }
        var socket = becomeWebSocket(ctx, key);
        var session = server.open(ctx.channel(), opening, socket);
        socket.carry(session);
        leave(ctx);
        socket.write(EngineFrames.control(ctx.alloc(), Packet.Type.OPEN, session.handshake()));
        socket.flush();
    }

    private EngineSocket becomeWebSocket(ChannelHandlerContext ctx, String key) {
        unanswered = null;
        var _ = ctx.writeAndFlush(switching(key), ctx.voidPromise());
        var settings = server.settings();
        var socket = new EngineSocket(ctx.channel(), settings.grace());
        var frames = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(settings.maxPayload())
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
        ctx.pipeline()
                .addLast("frames", new WebSocket13FrameDecoder(frames))
                .addLast("whole", new WebSocketFrameAggregator(settings.maxPayload()))
                .addLast("session", socket);
        return socket;
    }

    /// Last, because the HTTP codec hands on what a hasty client has already sent behind its request.
    private void leave(ChannelHandlerContext ctx) {
        var pipeline = ctx.pipeline();
        pipeline.remove(this);
        pipeline.remove(HttpServerCodec.class);
    }

    private static FullHttpResponse switching(String key) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, WebSocketKey.accept(key));
        return response;
    }

    /// Every response of an [Exchange] passes here.
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof FullHttpResponse response) {
            unanswered = null;
            route = null;
            if (deaf || !HttpUtil.isKeepAlive(response)) {
                deaf = true;
                var _ = ctx.write(message, promise.unvoid()).addListener(_ -> closePatiently(ctx));
                return;
            }
            awaitRequest(ctx);
        }
        var _ = ctx.write(message, promise);
    }

    /// Closing at once would answer what still comes in with a reset, which can destroy the response on its way.
    private void closePatiently(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
            stopWaiting();
            idle = ctx.executor()
                    .schedule(() -> closeNow(ctx), server.settings().grace().toNanos(), TimeUnit.NANOSECONDS);
            var _ = duplex.shutdownOutput();
        } else {
            var _ = ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopWaiting();
        if (unanswered != null) {
            switch (route) {
                case Route.Poll(var session) -> session.aborted(unanswered);
                case Route.Post(var session) -> session.aborted(unanswered);
                case null, default -> {}
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }

    private static void closeNow(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    /// A whole request must be here in time.
    private void awaitRequest(ChannelHandlerContext ctx) {
        stopWaiting();
        idle = ctx.executor()
                .schedule(() -> closeNow(ctx), server.settings().patience().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stopWaiting() {
        if (idle != null) {
            idle.cancel(false);
            idle = null;
        }
    }
}
