package io.magpie.bench.load;

import java.util.List;

/// Users in pairs; each keeps `window` messages to the other unacknowledged.
final class OneToOne implements Flow {
    private final int window;
    private volatile boolean sending = true;

    OneToOne(int window) {
        this.window = window;
    }

    @Override
    public void prepare(Dialect dialect, List<User> users) {
        pair(dialect, users);
    }

    static void pair(Dialect dialect, List<User> users) {
        for (User user : users) {
            user.address(dialect.address(user, users.get(user.index() ^ 1)));
        }
    }

    @Override
    public void start(User user) {
        for (int i = 0; i < window; i++) {
            user.sendNext(System.nanoTime());
        }
        user.flush();
    }

    @Override
    public void acknowledged(User sender) {
        if (sending) {
            sender.sendNext(System.nanoTime());
        }
    }

    @Override
    public void received(int sender) {}

    @Override
    public int receivers() {
        return 1;
    }

    @Override
    public List<User> sendersTo(User receiver, List<User> users) {
        return List.of(users.get(receiver.index() ^ 1));
    }

    @Override
    public void stop() {
        sending = false;
    }
}
