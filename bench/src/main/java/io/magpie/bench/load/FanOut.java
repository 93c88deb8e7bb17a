package io.magpie.bench.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/// One group in which the first few members write. A sender keeps `window` messages under way; one is under way until
/// it is acknowledged and has reached everybody, or else a server that acknowledges early would just be filled.
public final class FanOut implements Flow {
    private final int members;
    private final int window;
    private final int devices;
    private final AtomicLongArray delivered;
    private List<User> senders = List.of();
    private volatile boolean sending = true;

    public FanOut(int members, int senders, int window, int devices) {
        this.members = members;
        this.window = window;
        this.devices = devices;
        this.delivered = new AtomicLongArray(senders);
    }

    @Override
    public void prepare(Dialect dialect, List<User> users) {
        byte[] address = dialect.group(users);
        senders = List.copyOf(users.subList(0, delivered.length()));
        senders.forEach(sender -> sender.writesTo(new Stream(sender.index(), sender, address, members * devices - 1)));
    }

    @Override
    public void start(User user) {
        top(user);
    }

    @Override
    public void acknowledged(Stream stream) {
        top(stream.from());
    }

    /// Sends as many as the window allows.
    private void top(User sender) {
        long arrived = delivered.get(sender.index()) / (members - 1);
        boolean any = false;
        while (sending && sender.sent() < Math.min(arrived, sender.answered()) + window) {
            sender.sendNext(System.nanoTime());
            any = true;
        }
        if (any) {
            sender.flush();
        }
    }

    @Override
    public void received(int stream) {
        if (delivered.incrementAndGet(stream) % (members - 1) == 0) {
            User user = senders.get(stream);
            user.execute(() -> top(user));
        }
    }

    @Override
    public List<Stream> streamsTo(User receiver, List<User> users) {
        return senders.stream()
                .filter(sender -> !sender.equals(receiver))
                .flatMap(sender -> sender.streams().stream())
                .toList();
    }

    @Override
    public void stop() {
        sending = false;
    }
}
