package io.magpie.bench.load;

import java.util.List;

/// What makes users send. Calls come on the event loop of the user named, except `prepare`.
interface Flow {
    /// All users are ready: gives the senders their addresses. May block.
    void prepare(Dialect dialect, List<User> users);

    /// The load begins.
    void start(User user);

    void acknowledged(User sender);

    void received(int sender);

    /// How many deliveries a message makes.
    int receivers();

    /// Those whose messages `receiver` gets.
    List<User> sendersTo(User receiver, List<User> users);

    /// The load ends; nothing is sent afterwards.
    void stop();
}
