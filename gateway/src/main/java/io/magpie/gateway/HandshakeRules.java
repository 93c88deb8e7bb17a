package io.magpie.gateway;

import io.magpie.gateway.websocket.WebSocketKey;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an HTTP request on the realtime port is answered. Pure; any thread.
final class HandshakeRules {
    static final String PATH = "/ws";

    sealed interface Answer {
        /// @param subprotocol to be confirmed; null if the client offered none
        record Upgrade(
                WebSocketWire wire, String key, @Nullable String subprotocol) implements Answer {}

        record Refusal(HttpResponseStatus status, String sentence) implements Answer {}
    }

    private final WebSocketWire byDefault;
    private final Map<String, WebSocketWire> bySubprotocol;
    private final Set<String> allowedOrigins;

    HandshakeRules(WebSocketWire byDefault, Map<String, WebSocketWire> bySubprotocol, Set<String> allowedOrigins) {
        this.byDefault = byDefault;
        this.bySubprotocol = Map.copyOf(bySubprotocol);
        this.allowedOrigins = allowedOrigins;
    }

    Answer answer(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return unreadable(request.decoderResult().cause());
        }
        int query = request.uri().indexOf('?');
        if (!PATH.equals(query < 0 ? request.uri() : request.uri().substring(0, query))) {
            return new Answer.Refusal(
                    HttpResponseStatus.NOT_FOUND, "This is the realtime port; the WebSocket is at " + PATH + ".");
        }
        if (!request.method().equals(HttpMethod.GET)
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return bad("A WebSocket handshake is a GET of HTTP/1.1.");
        }
        var headers = request.headers();
        if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || !headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !WebSocketKey.VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return new Answer.Refusal(
                    HttpResponseStatus.UPGRADE_REQUIRED,
                    "Connect here with a WebSocket of version " + WebSocketKey.VERSION + ".");
        }
        var origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !allowedOrigins.isEmpty() && !allowedOrigins.contains(origin)) {
            return new Answer.Refusal(
                    HttpResponseStatus.FORBIDDEN, "Origin: not one that may connect here (see the server's settings).");
        }
        var key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        return key != null && WebSocketKey.isValid(key)
                ? upgrade(key, headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL))
                : bad("Sec-WebSocket-Key: missing or wrong (expected: 16 bytes in Base64).");
    }

    private Answer upgrade(String key, List<String> protocolHeaders) {
        var offered = new ArrayList<String>();
        for (var header : protocolHeaders) {
            for (var one : header.split(",", -1)) {
                offered.add(one.strip());
            }
        }
        if (offered.isEmpty()) {
            return new Answer.Upgrade(byDefault, key, null);
        }
        for (var one : offered) {
            var wire = bySubprotocol.get(one);
            if (wire != null) {
                return new Answer.Upgrade(wire, key, one);
            }
        }
        return bad("Sec-WebSocket-Protocol: none of those offered is served (expected: "
                + String.join(" or ", bySubprotocol.keySet().stream().sorted().toList()) + ").");
    }

    private static Answer unreadable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                new Answer.Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "The request line is too long.");
            case TooLongHttpHeaderException _ ->
                new Answer.Refusal(
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request headers are too large.");
            default -> bad("This is not an HTTP request.");
        };
    }

    private static Answer.Refusal bad(String sentence) {
        return new Answer.Refusal(HttpResponseStatus.BAD_REQUEST, sentence);
    }
}
