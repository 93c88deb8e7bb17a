package io.magpie.bench.load;

import io.magpie.bench.wire.Outgoing;
import java.util.List;

/// How a kind of server is spoken to. Shared by all users of a round; each call runs on the user's event loop.
public interface Dialect {
    /// Offered in the WebSocket handshake; empty for none.
    String subprotocol();

    String requestTarget(int user);

    /// The handshake is done. Logs in, and calls [User#ready] when that is done.
    void opened(User user);

    /// One frame. Tells the user what it was: ready, acknowledged, refused, received, failed.
    void frame(User user, byte[] bytes, int from, int to);

    /// Where a message to `peer` goes, as [#message] wants it. Both are ready.
    byte[] address(User user, User peer);

    /// Where a message to all of `members` goes; called once per round, all are ready. May block: not on an event
    /// loop.
    byte[] group(List<User> members);

    /// Puts a message together. The acknowledgement brings `counter` back.
    void message(Outgoing out, byte[] address, long counter, Stamp stamp);

    /// Called now and then for a user who is otherwise left alone, so that the server does not take it for dead.
    void keepAlive(User user);
}
