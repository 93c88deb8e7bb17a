package io.magpie.core.command;

import io.magpie.core.device.Platform;
import java.util.List;

/// Whether a user is online.
///
/// @param platforms of the live sessions, each once; empty if offline
/// @param lastSeenAt when the last session ended; 0 while online, or if never seen
public record PresenceState(long user, boolean online, List<Platform> platforms, long lastSeenAt) {}
