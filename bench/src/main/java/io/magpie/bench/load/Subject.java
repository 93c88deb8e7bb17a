package io.magpie.bench.load;

import io.magpie.bench.wire.Endpoint;

/// A server under load, and how it is spoken to.
public record Subject(String name, Endpoint endpoint, Dialect dialect, Usage usage) {}
