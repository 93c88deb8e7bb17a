package io.magpie.core.account;

import io.magpie.core.device.Login;
import org.jspecify.annotations.Nullable;

/// Who a token speaks for.
///
/// @param login null for a JWT, which no device stands behind
public record Principal(long user, @Nullable Login login) {}
