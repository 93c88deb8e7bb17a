package io.magpie.gateway;

import io.magpie.gateway.websocket.WebSocketKey;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The one HTTP request of a connection: it becomes a WebSocket or gets one sentence and the end. A request of
/// Engine.IO makes the socket one of that layer instead.
final class Handshake extends ChannelInboundHandlerAdapter {
    private final WebSocketTransport transport;
    private final ClientConnection connection;
    private @Nullable HttpRequest request;

    Handshake(WebSocketTransport transport, ClientConnection connection) {
        this.transport = transport;
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!connection.isEnding()) {
                take(ctx, message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    // The upgrade waits for the end of the request, so that nothing of HTTP is left in the decoder when it
    // goes.
    private void take(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest head) {
            request = head;
            if (head.decoderResult().isFailure()) {
                answer(ctx, head);
                return;
            }
            if (transport.handOver(ctx, connection, head)) {
                return;
            }
        }
        if (message instanceof HttpContent content && request != null) {
            if (content.content().isReadable()) {
                refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "No body is expected here.");
            } else if (content instanceof LastHttpContent) {
                answer(ctx, request);
            }
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest whole) {
        switch (transport.answer(connection, whole)) {
            case HandshakeRules.Answer.Refusal(var status, var sentence) -> refuse(ctx, status, sentence);
            case HandshakeRules.Answer.Upgrade(var wire, var key, var subprotocol) -> {
                var _ = ctx.writeAndFlush(switching(key, subprotocol), ctx.voidPromise());
                transport.upgrade(ctx.pipeline(), connection, wire);
            }
        }
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String sentence) {
        var body = ByteBufUtil.encodeString(ctx.alloc(), CharBuffer.wrap(sentence + "\n"), StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers()
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        var _ = ctx.write(response, ctx.voidPromise());
        connection.end(CloseReason.REFUSED);
    }

    private static FullHttpResponse switching(String key, @Nullable String subprotocol) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, WebSocketKey.accept(key));
        if (subprotocol != null) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
        }
        return response;
    }
}
