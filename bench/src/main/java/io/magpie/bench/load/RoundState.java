package io.magpie.bench.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What all users of a round share. Thread-safe.
final class RoundState {
    private final int run;
    private final Dialect dialect;
    private final Flow flow;
    private final Counters counters = new Counters();
    private final CountDownLatch allReady;
    private final Semaphore connecting;
    private final AtomicReference<@Nullable String> complaint = new AtomicReference<>();
    private volatile boolean leaving;

    RoundState(int run, Dialect dialect, Flow flow, int users, int connectingAtOnce) {
        this.run = run & 0xFFFF;
        this.dialect = dialect;
        this.flow = flow;
        this.allReady = new CountDownLatch(users);
        this.connecting = new Semaphore(connectingAtOnce);
    }

    int run() {
        return run;
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

    void awaitTurn() throws InterruptedException {
        while (!connecting.tryAcquire(1, TimeUnit.SECONDS)) {
            failIfBroken();
        }
    }

    void ready() {
        connecting.release();
        allReady.countDown();
    }

    void awaitReady() throws InterruptedException {
        for (int second = 0; !allReady.await(1, TimeUnit.SECONDS); second++) {
            failIfBroken();
            if (second == 60) {
                throw new IllegalStateException(allReady.getCount() + " users did not get in within 60 s");
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

    void closed(User user, String reason) {
        if (!leaving) {
            counters.disconnected.increment();
            complain("user " + user.index() + ": " + reason);
        }
    }
}
