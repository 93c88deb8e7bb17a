package io.magpie.bench.load;

import io.magpie.bench.wire.WsEndpoint;

/// A server under load.
public record Subject(String name, WsEndpoint endpoint, Dialect dialect, Usage usage) {}
