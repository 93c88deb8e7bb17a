package io.magpie.bench.load;

import io.magpie.bench.wire.Outgoing;
import java.util.List;

/// How a kind of server is spoken to. Shared by all users of a round; each call runs on the user's event loop
/// unless it says otherwise.
public interface Dialect {
    /// Of the WebSocket handshake; any thread.
    String requestTarget(int user);

    /// Something was done before anybody connects, such as making accounts. May block; any thread.
    default void prepare(int users) {}

    /// The connection is up. Logs in, and calls [User#ready] when that is done.
    void opened(User user);

    /// One frame. Tells the user what it was: ready, acknowledged, refused, received, failed.
    void frame(User user, byte[] bytes, int from, int to);

    /// Where a message to `peer` goes, as [#message] wants it. Any thread; both have been ready.
    byte[] address(User user, User peer);

    /// Where a message to all of `members` goes. May block: not on an event loop; all are ready.
    byte[] group(List<User> members);

    /// Whether groups are more than who happens to be connected.
    default boolean keepsGroups() {
        return false;
    }

    /// Puts a message together. The acknowledgement brings `number` back.
    void message(User user, Outgoing out, byte[] address, long number, Stamp stamp);

    /// The user is about to end the connection: what is to be said before.
    default void leave(User user) {}

    /// Called now and then for a user who is otherwise left alone, so that the server does not take it for dead.
    default void keepAlive(User user) {}

    /// Asks what happened while the user was away, and calls [User#synced] when that is known.
    default void sync(User user) {
        user.synced();
    }

    /// After [#sync]: fetches what the user does not hold. It arrives like anything else; then [User#pulled].
    default void pull(User user) {
        user.pulled();
    }

    /// The user has read what came from there.
    default void read(User user, byte[] address) {}

    default void typing(User user, byte[] address, boolean active) {}
}
