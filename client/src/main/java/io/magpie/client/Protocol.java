package io.magpie.client;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// What a client speaks; the server's guarantees are the same. Which addresses fit says [#fits].
public enum Protocol {
    /// JSON over WebSocket: `ws://…/ws`, with TLS `wss://…/ws`.
    JSON("ws", "wss"),
    /// Protobuf over WebSocket, at the same addresses.
    PROTOBUF("ws", "wss"),
    /// Protobuf over TCP: `tcp://host:port`, with TLS `tls://host:port`.
    TCP("tcp", "tls");

    private final String plain;
    private final String encrypted;

    Protocol(String plain, String encrypted) {
        this.plain = plain;
        this.encrypted = encrypted;
    }

    public boolean fits(URI address) {
        String scheme = address.getScheme();
        return scheme != null && Set.of(plain, encrypted).contains(scheme.toLowerCase(Locale.ROOT));
    }
}
