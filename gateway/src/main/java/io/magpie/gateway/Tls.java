package io.magpie.gateway;

import io.netty.handler.ssl.SslHandler;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// TLS of the server's side, one handler per connection. Any thread.
///
/// @param context asked for each new connection, so that a new certificate needs no restart
record Tls(Supplier<SSLContext> context) {
    SslHandler handler() {
        var engine = context.get().createSSLEngine();
        engine.setUseClientMode(false);
        var handler = new SslHandler(engine);
        // The time to hello covers the handshake.
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }
}
