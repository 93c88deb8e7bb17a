package io.magpie.gateway.engineio;

import java.time.Duration;
import java.util.Set;

/// How sessions behave.
///
/// @param pingInterval from the answer to a ping, or the handshake, to the next ping
/// @param pingTimeout a session that has not answered a ping for this long is closed
/// @param maxPayload the largest message and the largest body of a request, in bytes; told to the client, too
/// @param patience how long a socket may do nothing, a request may take to arrive, an upgrade to be completed
/// @param grace how long a closing WebSocket may take to flush its last frames
/// @param allowedOrigins what browsers may send as `Origin`; empty admits any
public record EngineSettings(
        Duration pingInterval,
        Duration pingTimeout,
        int maxPayload,
        Duration patience,
        Duration grace,
        Set<String> allowedOrigins) {}
