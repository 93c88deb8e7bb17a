package io.magpie.server.http;

import io.magpie.core.device.Login;
import org.jspecify.annotations.Nullable;

/// The user a request speaks for. A controller that takes one is for authenticated requests only.
///
/// @param login null for a JWT or a back end
/// @param backEnd whether a back end acts as the user
public record Caller(long user, @Nullable Login login, boolean backEnd) {}
