package io.magpie.bench.wire;

/// Where a WebSocket server listens.
///
/// @param subprotocol offered in the handshake; empty for none
public record WsEndpoint(String host, int port, String subprotocol) {}
