package io.magpie.bench.load;

import java.util.List;

/// Users in pairs; each keeps `window` messages to the other under way. One is under way until it is acknowledged and
/// has arrived, or else a server that acknowledges early would just be filled. Both of a pair live on one event loop.
final class OneToOne implements Flow {
    private final int window;
    private List<User> users = List.of();
    private volatile boolean sending = true;

    OneToOne(int window) {
        this.window = window;
    }

    @Override
    public void prepare(Dialect dialect, List<User> all) {
        pair(dialect, all);
        users = all;
    }

    static void pair(Dialect dialect, List<User> users) {
        for (User user : users) {
            user.address(dialect.address(user, users.get(user.index() ^ 1)));
        }
    }

    @Override
    public void start(User user) {
        top(user);
        user.flush();
    }

    @Override
    public void acknowledged(User sender) {
        top(sender);
    }

    @Override
    public void received(int sender) {
        User user = users.get(sender);
        user.arrived();
        if (top(user)) {
            user.flush();
        }
    }

    /// Sends as many as the window allows; whether any.
    private boolean top(User sender) {
        boolean any = false;
        while (sending && sender.sent() < Math.min(sender.answered(), sender.arrivals()) + window) {
            sender.sendNext(System.nanoTime());
            any = true;
        }
        return any;
    }

    @Override
    public int receivers() {
        return 1;
    }

    @Override
    public List<User> sendersTo(User receiver, List<User> all) {
        return List.of(all.get(receiver.index() ^ 1));
    }

    @Override
    public void stop() {
        sending = false;
    }
}
