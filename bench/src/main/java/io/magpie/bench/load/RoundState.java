package io.magpie.bench.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What all users of a round share. Thread-safe.
final class RoundState {
    private static final int SECONDS_TO_GET_IN = 60;

    private final Crowd.Plan plan;
    private final Dialect dialect;
    private final Flow flow;
    private final Consumer<User> comesBack;
    private final Counters counters = new Counters();
    private final Semaphore connecting;
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicReference<@Nullable String> complaint = new AtomicReference<>();
    private volatile boolean leaving;

    /// @param comesBack what becomes of a user whose connection ended, if users come and go
    RoundState(Crowd.Plan plan, Dialect dialect, Flow flow, Consumer<User> comesBack, int connectingAtOnce) {
        this.plan = plan;
        this.dialect = dialect;
        this.flow = flow;
        this.comesBack = comesBack;
        this.connecting = new Semaphore(connectingAtOnce);
    }

    int run() {
        return plan.run() & 0xFFFF;
    }

    boolean comesAndGoes() {
        return plan.comesAndGoes();
    }

    /// Whether the user's own first device wrote to that stream.
    boolean own(User user, int stream) {
        return user.device() == 0 && stream % plan.users() == user.index();
    }

    Dialect dialect() {
        return dialect;
    }

    Flow flow() {
        return flow;
    }

    Counters counters() {
        return counters;
    }

    int readyUsers() {
        return ready.get();
    }

    /// Only so many are on their way in at the same time.
    void awaitTurn() throws InterruptedException {
        while (!connecting.tryAcquire(1, TimeUnit.SECONDS)) {
            failIfBroken();
        }
    }

    void ready(User user) {
        connecting.release();
        ready.incrementAndGet();
        flow.ready(user);
    }

    void awaitReady(int users) throws InterruptedException {
        for (int tenths = 0; ready.get() < users; tenths++) {
            Thread.sleep(100);
            failIfBroken();
            if (tenths == SECONDS_TO_GET_IN * 10) {
                throw new IllegalStateException(
                        users - ready.get() + " users did not get in within " + SECONDS_TO_GET_IN + " s");
            }
        }
    }

    /// Waits until no more than so many are logged in.
    void awaitLeft(int users) throws InterruptedException {
        for (int tenths = 0; ready.get() > users; tenths++) {
            Thread.sleep(100);
            if (tenths == SECONDS_TO_GET_IN * 10) {
                throw new IllegalStateException(
                        ready.get() - users + " users did not leave within " + SECONDS_TO_GET_IN + " s");
            }
        }
    }

    private void failIfBroken() {
        String found = complaint.get();
        if (found != null) {
            throw new IllegalStateException(found);
        }
    }

    /// Keeps the first.
    void complain(String what) {
        complaint.compareAndSet(null, what);
    }

    @Nullable
    String complaint() {
        return complaint.get();
    }

    void leave() {
        leaving = true;
    }

    void closed(User user, boolean wasReady, boolean wanted, String reason) {
        if (wasReady) {
            ready.decrementAndGet();
        }
        if (leaving) {
            return;
        }
        if (wanted) {
            flow.left(user);
        } else if (plan.comesAndGoes()) {
            comesBack.accept(user);
        } else {
            counters.disconnected.increment();
            complain("user " + user.index() + ": " + reason);
        }
    }
}
