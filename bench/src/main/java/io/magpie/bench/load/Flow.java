package io.magpie.bench.load;

import java.util.List;

/// What makes users send. Calls come on the event loop of the user named, except `prepare`, `streamsTo` and `stop`.
public interface Flow {
    /// All users are ready: gives the senders their streams. May block.
    default void prepare(Dialect dialect, List<User> users) {}

    /// The load begins.
    default void start(User user) {}

    default void acknowledged(Stream stream) {}

    /// A message reached a user's first device. On the receiver's event loop.
    default void received(int stream) {}

    default void synced(User user) {}

    default void pulled(User user) {}

    /// The user is logged in, not only for the first time.
    default void ready(User user) {}

    /// The user's connection ended.
    default void left(User user) {}

    /// Those whose messages the user's first device gets.
    List<Stream> streamsTo(User receiver, List<User> users);

    /// The load ends; nothing is sent afterwards.
    default void stop() {}
}
