package io.magpie.client;

import io.magpie.core.command.Command;
import io.magpie.core.command.Reply;
import java.util.concurrent.CompletableFuture;

/// The way to the server, as long as there is one. On the lane.
interface Uplink {
    /// Whether the server has greeted this connection.
    boolean online();

    /// Completes on the lane, with any reply but `Failed`; fails with [ClientException].
    CompletableFuture<Reply> request(Command command);

    /// Without an answer, and lost if there is no connection.
    void tell(Command command);
}
