package io.magpie.gateway.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// A request that waits for its response, which it gets exactly once. Any thread, one at a time.
final class Exchange {
    private static final String TEXT = "text/plain; charset=UTF-8";
    private static final String JSON = "application/json";
    /// Browsers ask again after this many seconds whether they may.
    private static final int PREFLIGHT_SECONDS = 600;

    private final Channel socket;
    private final @Nullable String origin;
    private final @Nullable String askedHeaders;
    private final boolean keepAlive;

    Exchange(Channel socket, HttpRequest request) {
        this.socket = socket;
        this.origin = request.headers().get(HttpHeaderNames.ORIGIN);
        this.askedHeaders = request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        this.keepAlive = HttpUtil.isKeepAlive(request);
    }

    void ok() {
        respond(HttpResponseStatus.OK, TEXT, text("ok"), keepAlive);
    }

    /// @param packets as a payload; released by this
    void payload(ByteBuf packets) {
        respond(HttpResponseStatus.OK, TEXT, packets, keepAlive);
    }

    void packet(Packet.Type type) {
        payload(text(String.valueOf(type.digit())));
    }

    void open(String handshake) {
        payload(text(Packet.Type.OPEN.digit() + handshake));
    }

    void refuse(EngineError error) {
        respond(error.status(), JSON, text(error.json()), keepAlive);
    }

    /// Refuses what cannot be read to its end, so the socket is of no more use.
    void refuseAndClose(EngineError error) {
        respond(error.status(), JSON, text(error.json()), false);
    }

    void preflight() {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
        response.headers()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, askedHeaders == null ? "content-type" : askedHeaders)
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        send(response, keepAlive);
    }

    private void respond(HttpResponseStatus status, String type, ByteBuf body, boolean stay) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        send(response, stay);
    }

    private void send(DefaultFullHttpResponse response, boolean stay) {
        if (!response.status().equals(HttpResponseStatus.FORBIDDEN)) {
            allow(response.headers());
        }
        HttpUtil.setKeepAlive(response, stay);
        // By the whole pipeline, so that the socket's handler sees that it is free again.
        var _ = socket.writeAndFlush(response, socket.voidPromise());
    }

    // A page at any origin that got this far may read the answer, and may send the cookies by which a proxy finds the
    // node; nothing here is allowed by a cookie.
    private void allow(HttpHeaders headers) {
        if (origin != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                    .set(HttpHeaderNames.VARY, "Origin");
        }
    }

    private ByteBuf text(String text) {
        return ByteBufUtil.writeUtf8(socket.alloc(), text);
    }
}
