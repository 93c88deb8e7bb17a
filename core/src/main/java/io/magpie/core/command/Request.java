package io.magpie.core.command;

import org.jspecify.annotations.Nullable;

/// A command as it came from a client.
///
/// @param id chosen by the client; exactly one reply carries it back. Null: only an error is answered
public record Request(@Nullable String id, Command command) {
    public static final int MAX_ID_BYTES = 64;
}
