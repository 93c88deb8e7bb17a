package io.magpie.bench.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// One group in which the first few members write. A sender keeps `window` messages under way; one is under way until
/// it is acknowledged and has reached everybody, or else a server that acknowledges early would just be filled.
final class FanOut implements Flow {
    private final int members;
    private final int window;
    private final List<AtomicLong> delivered;
    private List<User> senders = List.of();
    private volatile boolean sending = true;

    FanOut(int members, int senders, int window) {
        this.members = members;
        this.window = window;
        this.delivered = Stream.generate(AtomicLong::new).limit(senders).toList();
    }

    @Override
    public void prepare(Dialect dialect, List<User> users) {
        byte[] address = dialect.group(users);
        senders = users.subList(0, delivered.size());
        senders.forEach(sender -> sender.address(address));
    }

    @Override
    public void start(User user) {
        top(user);
    }

    @Override
    public void acknowledged(User sender) {
        top(sender);
    }

    /// Sends as many as the window allows.
    private void top(User sender) {
        long arrived = delivered.get(sender.index()).get() / receivers();
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
    public void received(int sender) {
        if (delivered.get(sender).incrementAndGet() % receivers() == 0) {
            User user = senders.get(sender);
            user.execute(() -> top(user));
        }
    }

    @Override
    public int receivers() {
        return members - 1;
    }

    @Override
    public List<User> sendersTo(User receiver, List<User> users) {
        return senders.stream().filter(sender -> !sender.equals(receiver)).toList();
    }

    @Override
    public void stop() {
        sending = false;
    }
}
