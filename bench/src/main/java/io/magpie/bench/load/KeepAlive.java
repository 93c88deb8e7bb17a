package io.magpie.bench.load;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Lets every user show a sign of life every few seconds, spread over time.
final class KeepAlive implements AutoCloseable {
    private static final int PERIOD_MILLIS = 5_000;
    private static final int SLICES = 50;

    private final Dialect dialect;
    private final List<User> users;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keep-alive").factory());
    private int slice;

    KeepAlive(Dialect dialect, List<User> users) {
        this.dialect = dialect;
        this.users = users;
        int pause = PERIOD_MILLIS / SLICES;
        var _ = timer.scheduleAtFixedRate(this::next, PERIOD_MILLIS, pause, TimeUnit.MILLISECONDS);
    }

    private void next() {
        slice = (slice + 1) % SLICES;
        int count = users.size();
        for (int i = slice; i < count; i += SLICES) {
            User user = users.get(i);
            if (user.isReady()) {
                user.execute(() -> {
                    dialect.keepAlive(user);
                    user.flush();
                });
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
