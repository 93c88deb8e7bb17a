package io.magpie.gateway.engineio;

/// A user event in the pipeline of a session: the client sent something, be it only the answer to a ping.
///
/// @param bytes of it
public record Heard(int bytes) {}
