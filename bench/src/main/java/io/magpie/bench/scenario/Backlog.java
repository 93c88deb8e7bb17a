package io.magpie.bench.scenario;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Flow;
import io.magpie.bench.load.Measured;
import io.magpie.bench.load.Meter;
import io.magpie.bench.load.Stream;
import io.magpie.bench.load.Subject;
import io.magpie.bench.load.User;
import io.magpie.bench.target.Server;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Messages are stored for people who are away; then all of them come at once and fetch what they missed. Only the
/// fetching is measured. It is done before the one that counts, too, again and again until the server is warm.
///
/// @param entries for each who is away
/// @param senders who wrote them
public record Backlog(int entries, int senders) implements Scenario {
    private static final int STORING_SECONDS = 120;
    private static final int FETCHING_SECONDS = 120;

    @Override
    public Measured run(Server server, Turn turn) throws InterruptedException {
        Subject subject = server.subject(turn.number());
        int away = turn.size().users();
        Correspondence flow = new Correspondence(away, senders);
        try (Crowd crowd = new Crowd(subject, turn.plan(away + senders, true), flow, turn.client())) {
            crowd.login(turn.progress());
            flow.prepare(subject.dialect(), crowd.users());
            catchUp(crowd, flow, away);
            long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(turn.warmSeconds());
            do {
                var _ = once(crowd, flow, turn);
            } while (System.nanoTime() < warm && crowd.complaint() == null);
            Meter.Result result = once(crowd, flow, turn);
            Map<Figure, Double> figures = new EnumMap<>(result.figures());
            figures.keySet().removeAll(List.of(Figure.P50, Figure.P99, Figure.P999, Figure.MAX));
            return new Measured(subject.name(), figures, List.of(), crowd.counts(), crowd.complaint());
        }
    }

    /// Everybody holds what earlier rounds left.
    private static void catchUp(Crowd crowd, Correspondence flow, int away) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(away);
        flow.holding = latch;
        for (User user : crowd.users().subList(0, away)) {
            user.execute(() -> {
                crowd.subject().dialect().sync(user);
                user.flush();
            });
        }
        if (!latch.await(FETCHING_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not everybody could catch up within " + FETCHING_SECONDS + " s");
        }
    }

    private Meter.Result once(Crowd crowd, Correspondence flow, Turn turn) throws InterruptedException {
        int away = turn.size().users();
        List<User> people = crowd.users().subList(0, away);
        people.forEach(User::close);
        crowd.awaitLeft(senders);
        long due = crowd.counters().sent() + (long) away * entries;
        turn.progress().accept("storing " + away * entries + " entries");
        flow.write(entries / senders);
        await(() -> crowd.counters().acknowledged() >= due, STORING_SECONDS, crowd);
        Meter meter = new Meter(crowd.subject().usage(), crowd.counters());
        turn.progress().accept("all come at once");
        people.forEach(crowd::connect);
        await(() -> crowd.counters().received() >= due, FETCHING_SECONDS, crowd);
        return meter.stop();
    }

    private interface Condition {
        boolean holds();
    }

    /// Gives up without a word: what is missing shows in the counts.
    private static void await(Condition condition, int seconds, Crowd crowd) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.holds() && System.nanoTime() < end && crowd.complaint() == null) {
            Thread.sleep(1);
        }
    }

    @Override
    public String unit() {
        return "entries";
    }

    /// A few write to all others, each keeping a window of messages under way.
    private static final class Correspondence implements Flow {
        private static final int WINDOW = 100;

        private final int away;
        private final int senders;
        private final List<User> writers = new ArrayList<>();
        private final List<Integer> written = new ArrayList<>();
        private volatile CountDownLatch holding = new CountDownLatch(0);
        private volatile int each;

        Correspondence(int away, int senders) {
            this.away = away;
            this.senders = senders;
        }

        @Override
        public void prepare(Dialect dialect, List<User> users) {
            int count = users.size();
            for (User writer : users.subList(away, away + senders)) {
                for (int i = 0; i < away; i++) {
                    byte[] address = dialect.address(writer, users.get(i));
                    writer.writesTo(new Stream(writer.index() + i * count, writer, address, 1));
                }
                writers.add(writer);
                written.add(0);
            }
        }

        void write(int eachToEach) {
            each = eachToEach;
            for (User writer : writers) {
                writer.execute(() -> {
                    written.set(writer.index() - away, 0);
                    for (int i = 0; i < WINDOW; i++) {
                        next(writer);
                    }
                    writer.flush();
                });
            }
        }

        private void next(User writer) {
            int number = written.get(writer.index() - away);
            if (number < away * each) {
                written.set(writer.index() - away, number + 1);
                writer.send(writer.streams().get(number % away), System.nanoTime());
            }
        }

        @Override
        public void acknowledged(Stream stream) {
            next(stream.from());
        }

        @Override
        public void pulled(User user) {
            holding.countDown();
        }

        @Override
        public List<Stream> streamsTo(User receiver, List<User> users) {
            return receiver.index() >= away
                    ? List.of()
                    : writers.stream()
                            .map(writer -> writer.streams().get(receiver.index()))
                            .toList();
        }
    }
}
