package io.magpie.core.push;

import java.time.Duration;

/// @param after how long a device has to acknowledge an entry
/// @param includeContent whether what was written leaves the server
public record PushSettings(Duration after, boolean includeContent) {}
