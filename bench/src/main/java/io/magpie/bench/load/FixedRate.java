package io.magpie.bench.load;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Users in pairs, a fixed number of messages per second over all of them, however slow the answers are. Each message
/// carries the time it was due, not the time it got away, so a stall counts for all it delayed (no coordinated
/// omission).
public final class FixedRate implements Flow {
    private static final int TICK_MILLIS = 1;

    private final Timetable timetable;
    private final int devices;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rate").factory());
    private List<User> users = List.of();

    public FixedRate(int perSecond, int devices) {
        this.timetable = new Timetable(perSecond);
        this.devices = devices;
    }

    @Override
    public void prepare(Dialect dialect, List<User> all) {
        OneToOne.pair(dialect, all, devices);
        users = all;
        timetable.begin(System.nanoTime());
        var _ = timer.scheduleAtFixedRate(this::sendDue, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sendDue() {
        timetable.due(System.nanoTime(), (number, nanos) -> {
            User user = users.get((int) (number % users.size()));
            user.execute(() -> {
                user.sendNext(nanos);
                user.flush();
            });
        });
    }

    @Override
    public List<Stream> streamsTo(User receiver, List<User> all) {
        return OneToOne.fromPartner(receiver, all);
    }

    @Override
    public void stop() {
        timer.shutdownNow();
    }
}
