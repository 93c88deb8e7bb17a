package io.magpie.gateway.engineio;

import io.magpie.gateway.websocket.WebSocketKey;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a request wants. The order of the checks is that of the reference server, so that clients get the code they
/// expect.
sealed interface Route {
    record Refused(EngineError error) implements Route {}

    record Preflight() implements Route {}

    /// @param key of the WebSocket handshake; null opens by polling
    record Open(Opening opening, @Nullable String key) implements Route {}

    record Poll(EngineChannel session) implements Route {}

    record Post(EngineChannel session) implements Route {}

    /// A WebSocket for a session that polls.
    record Upgrade(EngineChannel session, String key) implements Route {}

    static Route of(
            HttpRequest request,
            InetAddress peer,
            Set<String> allowedOrigins,
            Function<String, @Nullable EngineChannel> sessions) {
        var headers = request.headers();
        var origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !allowedOrigins.isEmpty() && !allowedOrigins.contains(origin)) {
            return new Refused(EngineError.FORBIDDEN);
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return new Preflight();
        }
        Map<String, List<String>> query;
        try {
            query = new QueryStringDecoder(request.uri()).parameters();
        } catch (IllegalArgumentException _) {
            return new Refused(EngineError.BAD_REQUEST);
        }
        var transport = first(query, "transport");
        boolean webSocket = "websocket".equals(transport);
        if (!webSocket && !"polling".equals(transport)) {
            return new Refused(EngineError.UNKNOWN_TRANSPORT);
        }
        var sid = first(query, "sid");
        var key = key(headers);
        boolean fits = webSocket ? key != null : !isUpgrade(headers);
        return sid == null
                ? open(request, new Opening(peer, headers, query), fits, key)
                : known(request, query, sessions.apply(sid), fits, key);
    }

    private static Route open(HttpRequest request, Opening opening, boolean fits, @Nullable String key) {
        if (!request.method().equals(HttpMethod.GET)) {
            return new Refused(EngineError.BAD_HANDSHAKE_METHOD);
        }
        if (!fits) {
            return new Refused(EngineError.BAD_REQUEST);
        }
        return isRevision4(opening.query()) ? new Open(opening, key) : new Refused(EngineError.UNSUPPORTED_VERSION);
    }

    private static Route known(
            HttpRequest request,
            Map<String, List<String>> query,
            @Nullable EngineChannel session,
            boolean fits,
            @Nullable String key) {
        if (session == null) {
            return new Refused(EngineError.UNKNOWN_SESSION);
        }
        if (!isRevision4(query)) {
            return new Refused(EngineError.UNSUPPORTED_VERSION);
        }
        if (!fits) {
            return new Refused(EngineError.BAD_REQUEST);
        }
        if (request.method().equals(HttpMethod.GET)) {
            return key == null ? new Poll(session) : new Upgrade(session, key);
        }
        return request.method().equals(HttpMethod.POST) && key == null
                ? new Post(session)
                : new Refused(EngineError.BAD_REQUEST);
    }

    private static boolean isRevision4(Map<String, List<String>> query) {
        return "4".equals(first(query, "EIO"));
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        var values = query.get(name);
        return values == null || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    private static boolean isUpgrade(HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /// The key of a WebSocket handshake that can be answered; null if this is none.
    private static @Nullable String key(HttpHeaders headers) {
        var key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        boolean answerable = isUpgrade(headers)
                && WebSocketKey.VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
                && WebSocketKey.isValid(key);
        return answerable ? key : null;
    }
}
