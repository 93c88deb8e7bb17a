package io.magpie.client;

import io.magpie.core.command.Reply;

/// Where a client stands.
public sealed interface ConnectionState {
    /// @param attempt 0 for the first since the client was last online
    record Connecting(int attempt) implements ConnectionState {}

    /// Greeted, the list of conversations is on its way.
    record Synchronizing(Reply.Welcome welcome) implements ConnectionState {}

    /// The list of conversations is complete; entries may still be on their way.
    record Online(Reply.Welcome welcome) implements ConnectionState {}

    /// @param reason for people
    /// @param retryAt when the next attempt begins
    record Waiting(String reason, long retryAt) implements ConnectionState {}

    /// The client will not connect again.
    record Ended(Cause cause, String message) implements ConnectionState {}

    enum Cause {
        /// [MagpieClient#close].
        CLOSED,
        LOGGED_OUT,
        /// Another session took this one's place.
        REPLACED,
        /// The token is wrong or ended.
        UNAUTHENTICATED
    }
}
