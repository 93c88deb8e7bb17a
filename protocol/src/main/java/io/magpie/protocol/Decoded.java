package io.magpie.protocol;

import io.magpie.core.command.Command;
import io.magpie.core.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/// What became of a client's frame.
///
/// @param id the request's id wherever it could be read, also when the rest is refused; null if there is none
/// @param command refused with `malformed`, `too-large` or `unsupported`, and with no other code
public record Decoded(@Nullable String id, Outcome<Command> command) {}
