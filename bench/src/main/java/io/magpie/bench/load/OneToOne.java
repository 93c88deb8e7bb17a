package io.magpie.bench.load;

import java.util.List;

/// Users in pairs; each keeps `window` messages to the other under way. One is under way until it is acknowledged and
/// has arrived, or else a server that acknowledges early would just be filled. Both of a pair live on one event loop.
public final class OneToOne implements Flow {
    private final int window;
    private final int devices;
    private List<User> users = List.of();
    private volatile boolean sending = true;

    public OneToOne(int window, int devices) {
        this.window = window;
        this.devices = devices;
    }

    @Override
    public void prepare(Dialect dialect, List<User> all) {
        pair(dialect, all, devices);
        users = all;
    }

    /// A message goes to all devices of the other and to all of the sender's but the one it came from.
    static void pair(Dialect dialect, List<User> users, int devices) {
        for (User user : users) {
            byte[] address = dialect.address(user, users.get(user.index() ^ 1));
            user.writesTo(new Stream(user.index(), user, address, 2 * devices - 1));
        }
    }

    static List<Stream> fromPartner(User receiver, List<User> all) {
        return all.get(receiver.index() ^ 1).streams();
    }

    @Override
    public void start(User user) {
        if (top(user)) {
            user.flush();
        }
    }

    @Override
    public void acknowledged(Stream stream) {
        top(stream.from());
    }

    @Override
    public void received(int stream) {
        User user = users.get(stream);
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
    public List<Stream> streamsTo(User receiver, List<User> all) {
        return fromPartner(receiver, all);
    }

    @Override
    public void stop() {
        sending = false;
    }
}
