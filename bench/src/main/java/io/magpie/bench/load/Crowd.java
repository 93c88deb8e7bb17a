package io.magpie.bench.load;

import io.magpie.bench.wire.LoadClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The users of one round on one server, and what became of their messages.
public final class Crowd implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 64;

    /// Long enough that a server that restarts is not run over, short enough that nobody waits for it.
    private static final int COME_BACK_MILLIS = 300;

    private final Plan plan;
    private final Flow flow;
    private final LoadClient client;
    private final RoundState state;
    private final List<User> users = new ArrayList<>();
    private final List<User> furtherDevices = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("come-back").factory());
    private final KeepAlive keepAlive;
    private volatile Subject subject;

    /// @param devices of each user; those after the first receive only
    /// @param size of a message's text in bytes
    /// @param run tells rounds apart
    /// @param comesAndGoes whether connections may end and come back within the round
    public record Plan(int users, int devices, int size, int run, boolean comesAndGoes) {}

    public Crowd(Subject subject, Plan plan, Flow flow, LoadClient client) {
        this.subject = subject;
        this.plan = plan;
        this.flow = flow;
        this.client = client;
        this.state = new RoundState(plan, subject.dialect(), flow, this::comeBack, CONNECTING_AT_ONCE);
        for (int device = 0; device < plan.devices(); device++) {
            for (int index = 0; index < plan.users(); index++) {
                (device == 0 ? users : furtherDevices).add(newUser(index, device));
            }
        }
        List<User> all = new ArrayList<>(users);
        all.addAll(furtherDevices);
        this.keepAlive = new KeepAlive(subject.dialect(), all);
    }

    private User newUser(int index, int device) {
        return new User(index, device, state, client.loop(lane(index)), new Stamp(plan.run(), plan.size()));
    }

    /// Pairs stay on one event loop.
    private int lane(int index) {
        return index / 2 % client.lanes();
    }

    /// Their first devices, by index.
    public List<User> users() {
        return users;
    }

    public Counters counters() {
        return state.counters();
    }

    public Subject subject() {
        return subject;
    }

    /// The server has moved; whoever comes back goes there.
    public void subject(Subject moved) {
        subject = moved;
    }

    public @Nullable String complaint() {
        return state.complaint();
    }

    public void complain(String what) {
        state.complain(what);
    }

    /// Everybody logs in, with all devices.
    public void login(Consumer<String> progress) throws InterruptedException {
        subject.dialect().prepare(plan.users());
        int all = users.size() + furtherDevices.size();
        login(users, progress);
        login(furtherDevices, progress);
        state.awaitReady(all);
    }

    /// Returns when all of these are on their way; see [#awaitReady].
    public void login(List<User> some, Consumer<String> progress) throws InterruptedException {
        int count = 0;
        for (User user : some) {
            state.awaitTurn();
            if (count++ % 100 == 0) {
                progress.accept("login " + count + "/" + some.size());
            }
            connect(user);
        }
    }

    /// Waits until so many connections are logged in.
    public void awaitReady(int connections) throws InterruptedException {
        state.awaitReady(connections);
    }

    /// Waits until no more than so many connections are logged in.
    public void awaitLeft(int connections) throws InterruptedException {
        state.awaitLeft(connections);
    }

    public int ready() {
        return state.readyUsers();
    }

    public void connect(User user) {
        Subject at = subject;
        client.connect(at.endpoint(), at.dialect().requestTarget(user.index()), lane(user.index()), user);
    }

    private void comeBack(User user) {
        comeBack(user, COME_BACK_MILLIS / 2 + ThreadLocalRandom.current().nextInt(COME_BACK_MILLIS));
    }

    /// Connects the user again a little later.
    public void comeBack(User user, int millis) {
        var _ = timer.schedule(() -> connect(user), millis, TimeUnit.MILLISECONDS);
    }

    /// Waits until all that was acknowledged has arrived, or nothing has moved for `quietSeconds`.
    public void drain(int quietSeconds, Consumer<String> progress) throws InterruptedException {
        Counters counters = state.counters();
        long before = -1;
        for (int quiet = 0; quiet < quietSeconds * 10 && !counters.drained(); quiet++) {
            long now = counters.progress();
            if (now != before) {
                before = now;
                quiet = 0;
            }
            if (quiet % 10 == 9) {
                progress.accept("waiting for what is missing");
            }
            Thread.sleep(100);
        }
        // One more moment shows what came twice.
        Thread.sleep(300);
    }

    public boolean drained() {
        return state.counters().drained();
    }

    /// What was sent and what came of it.
    public Counts counts() {
        Counters counters = state.counters();
        long lost = 0;
        long duplicates = 0;
        long disordered = 0;
        for (User receiver : users) {
            duplicates += receiver.duplicates();
            disordered += receiver.disordered();
            lost += receiver.lacking(flow.streamsTo(receiver, users));
        }
        for (User receiver : furtherDevices) {
            User first = users.get(receiver.index());
            List<Stream> expected = new ArrayList<>(flow.streamsTo(first, users));
            expected.addAll(first.streams());
            duplicates += receiver.duplicates();
            disordered += receiver.disordered();
            lost += receiver.lacking(expected);
        }
        long answered = counters.acknowledged.sum() + counters.refused.sum();
        return new Counts(
                counters.sent.sum(),
                counters.acknowledged.sum(),
                counters.received.sum(),
                lost,
                duplicates,
                disordered,
                counters.refused.sum(),
                Math.max(0, counters.sent.sum() - answered),
                counters.disconnected.sum());
    }

    @Override
    public void close() {
        state.leave();
        timer.shutdownNow();
        keepAlive.close();
        users.forEach(User::close);
        furtherDevices.forEach(User::close);
    }
}
