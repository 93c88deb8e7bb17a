package io.magpie.gateway;

import io.magpie.core.command.Reply;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import org.jspecify.annotations.Nullable;

/// The promise about frames that are not what the protocol says: each gets its error, [#MAX_IN_ROW] in a row
/// end the connection. On the lane only.
final class Malformed {
    static final int MAX_IN_ROW = 10;

    private final ClientConnection connection;
    private final GatewayStats stats;
    private int inRow;

    Malformed(ClientConnection connection, GatewayStats stats) {
        this.connection = connection;
        this.stats = stats;
    }

    /// @param requestId null if the frame was too broken to find it
    void refuse(@Nullable String requestId, Rejection rejection) {
        connection.answer(requestId, new Reply.Failed(rejection));
        if (rejection.code() != ErrorCode.MALFORMED) {
            // Understood, just not supported or too much of something: no sign of a peer that talks gibberish.
            inRow = 0;
            return;
        }
        stats.frameMalformed();
        inRow++;
        if (inRow >= MAX_IN_ROW) {
            connection.end(CloseReason.MALFORMED);
        }
    }

    void wellFormed() {
        inRow = 0;
    }
}
