package io.magpie.core.dispatch;

/// What `welcome` says of the server.
public record NodeInfo(String node, String epoch, long heartbeatMs, int maxFrameBytes) {}
