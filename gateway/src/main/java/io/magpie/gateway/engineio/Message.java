package io.magpie.gateway.engineio;

import io.netty.buffer.ByteBuf;

/// A message from the client.
///
/// @param binary what was sent as binary; otherwise `data` is valid UTF-8
/// @param data on the heap, owned by nobody: it needs no release
public record Message(boolean binary, ByteBuf data) {}
