package io.magpie.bench.load;

import io.magpie.bench.wire.WsClient;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// One round of load on one server: everybody logs in, load, a warm-up, the measured seconds, then waits until all
/// that was acknowledged has arrived, or nothing has arrived for longer than a server may take to repair itself.
public final class Round {
    private static final int CONNECTING_AT_ONCE = 64;

    private final Subject subject;
    private final Plan plan;
    private final Consumer<String> progress;
    private final RoundState state;
    private final Flow flow;
    private final List<User> users;

    /// @param size of a message's text in bytes
    /// @param quietSeconds how long to wait at the end for what is missing
    /// @param run tells rounds apart
    public record Plan(int users, int size, int warmSeconds, int seconds, int quietSeconds, int run) {}

    Round(Subject subject, Plan plan, Flow flow, Consumer<String> progress) {
        this.subject = subject;
        this.plan = plan;
        this.flow = flow;
        this.progress = progress;
        this.state = new RoundState(plan.run(), subject.dialect(), flow, plan.users(), CONNECTING_AT_ONCE);
        this.users = IntStream.range(0, plan.users())
                .mapToObj(i -> new User(i, state, new Stamp(plan.run(), plan.size())))
                .toList();
    }

    Measured run(WsClient client) throws InterruptedException {
        try (var _ = new KeepAlive(subject.dialect(), users)) {
            login(client);
            flow.prepare(subject.dialect(), users);
            users.stream().filter(User::sends).forEach(user -> user.execute(() -> flow.start(user)));
            for (int second = 0; second < plan.warmSeconds(); second++) {
                progress.accept("warm-up");
                Thread.sleep(1000);
            }
            Interval measured = measure();
            flow.stop();
            drain();
            return measured.over(counts());
        } finally {
            state.leave();
            users.forEach(User::close);
        }
    }

    private void login(WsClient client) throws InterruptedException {
        for (int i = 0; i < plan.users(); i++) {
            state.awaitTurn();
            if (i % 100 == 0) {
                progress.accept("login " + i + "/" + plan.users());
            }
            // Pairs stay on one event loop.
            client.connect(
                    subject.endpoint(), subject.dialect().requestTarget(i), (i / 2) % client.lanes(), users.get(i));
        }
        state.awaitReady();
    }

    private record Interval(Round round, long received, double seconds, double cpu, Histogram latency) {
        Measured over(Measured.Counts counts) {
            return new Measured(
                    round.subject.name(),
                    received / seconds,
                    cpu / received * 1e6,
                    latency.getValueAtPercentile(50) / 1e6,
                    latency.getValueAtPercentile(99) / 1e6,
                    round.subject.usage().residentBytes() / 1e6,
                    counts,
                    round.state.complaint());
        }
    }

    private Interval measure() throws InterruptedException {
        Counters counters = state.counters();
        counters.takeLatency();
        long from = counters.received.sum();
        double cpu = subject.usage().cpuSeconds();
        long start = System.nanoTime();
        for (int second = 0; second < plan.seconds(); second++) {
            long before = counters.received.sum();
            Thread.sleep(1000);
            progress.accept((second + 1) + "/" + plan.seconds() + " s, " + (counters.received.sum() - before) + "/s");
        }
        long received = counters.received.sum() - from;
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Interval(this, received, seconds, subject.usage().cpuSeconds() - cpu, counters.takeLatency());
    }

    private void drain() throws InterruptedException {
        Counters counters = state.counters();
        long before = -1;
        for (int quiet = 0; quiet < plan.quietSeconds() * 10 && !drained(counters); quiet++) {
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

    private boolean drained(Counters counters) {
        long acknowledged = counters.acknowledged.sum();
        return acknowledged + counters.refused.sum() >= counters.sent.sum()
                && counters.received.sum() >= acknowledged * flow.receivers();
    }

    private Measured.Counts counts() {
        Counters counters = state.counters();
        long lost = 0;
        long duplicates = 0;
        long disordered = 0;
        for (User receiver : users) {
            duplicates += receiver.duplicates();
            disordered += receiver.disordered();
            for (User sender : flow.sendersTo(receiver, users)) {
                lost += receiver.lacking(sender);
            }
        }
        long unanswered = counters.sent.sum() - counters.acknowledged.sum() - counters.refused.sum();
        return new Measured.Counts(
                counters.sent.sum(),
                counters.acknowledged.sum(),
                counters.received.sum(),
                lost,
                duplicates,
                disordered,
                counters.refused.sum(),
                Math.max(0, unanswered),
                counters.disconnected.sum());
    }
}
