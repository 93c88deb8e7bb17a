package io.magpie.gateway.engineio;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// The request that opens a session.
///
/// @param peer who sent it, which may be a proxy
public record Opening(InetAddress peer, HttpHeaders headers, Map<String, List<String>> query) {}
