package io.magpie.server.app;

import io.magpie.core.cluster.Registry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerInterceptor;

/// What a browser must not do with the app's pages. Scripts and styles come from this server only, and none stand in
/// the page itself, so that nothing people write can become one. Realtime connections may go to the host the page came
/// from, at any port since nodes differ in theirs, and to the nodes that announce a host of their own.
final class AppHeaders implements HandlerInterceptor {
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z.-]{1,255}");

    private final Registry registry;

    AppHeaders(Registry registry) {
        this.registry = registry;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader("Content-Security-Policy", policy(request));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)");
        return true;
    }

    private String policy(HttpServletRequest request) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "font-src 'self'",
                // People's pictures may stand elsewhere, as an identity provider's do.
                "img-src 'self' blob: data: https:",
                "media-src 'self' blob:",
                "connect-src 'self' " + String.join(" ", realtime(request)),
                "worker-src 'self'",
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'");
    }

    private Set<String> realtime(HttpServletRequest request) {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(request.getServerName());
        registry.nodes().forEach(node -> {
            String host = URI.create(node.websocket()).getHost();
            if (host != null) {
                hosts.add(host);
            }
        });
        Set<String> sources = new LinkedHashSet<>();
        for (String host : hosts) {
            if (HOST.matcher(host).matches()) {
                sources.add("ws://" + host + ":*");
                sources.add("wss://" + host + ":*");
            }
        }
        return sources;
    }
}
