package io.magpie.gateway;

import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests of one session that wait for their reply. Bounds what a client that pipelines can make the server
/// hold: replies to `history` and `sync` may be large, so only a few of those are served at a time. A request
/// without id counts as well, since it is work all the same, but it is never large: its reply is not sent. On the
/// lane only.
final class InFlight {
    static final int MAX = 256;
    static final int MAX_LARGE = 4;

    private int count;
    private final List<String> large = new ArrayList<>(0);

    void begin(Request request) {
        count++;
        var id = request.id();
        if (id != null && (request.command() instanceof Command.History || request.command() instanceof Command.Sync)) {
            large.add(id);
        }
    }

    void end(@Nullable String id) {
        count = Math.max(0, count - 1);
        if (id != null) {
            large.remove(id);
        }
    }

    boolean isFull() {
        return count >= MAX || large.size() >= MAX_LARGE;
    }

    boolean isEmpty() {
        return count == 0;
    }
}
