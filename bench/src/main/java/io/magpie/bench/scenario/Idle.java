package io.magpie.bench.scenario;

import io.magpie.bench.load.Counts;
import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Figure;
import io.magpie.bench.load.Flow;
import io.magpie.bench.load.Measured;
import io.magpie.bench.load.Series;
import io.magpie.bench.load.Stream;
import io.magpie.bench.load.Subject;
import io.magpie.bench.load.Usage;
import io.magpie.bench.load.User;
import io.magpie.bench.target.Server;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Users who are logged in and silent, more and more of them. What counts is how the server's resident memory grows
/// with each; before each reading a JVM is asked to collect its garbage, so that what is read is what is needed.
///
/// @param first users at the first reading
/// @param steps readings; the last one is of all users
/// @param groups everybody is a member of, on servers that know groups
public record Idle(int first, int steps, int groups, int members, int settleSeconds) implements Scenario {
    @Override
    public Measured run(Server server, Turn turn) throws InterruptedException {
        Subject subject = server.subject(turn.number());
        Crowd.Plan plan = turn.plan(turn.size().users(), false);
        if (subject.dialect().keepsGroups() && groups > 0) {
            subject = prepare(server, subject, plan, turn);
        }
        try (Crowd crowd = new Crowd(subject, plan, new Silence(), turn.client())) {
            return measure(crowd, turn);
        }
    }

    /// Accounts and groups; then the server starts anew, if the bench may do that, so that it has no memory of all
    /// that.
    private Subject prepare(Server server, Subject subject, Crowd.Plan plan, Turn turn) throws InterruptedException {
        try (Crowd crowd = new Crowd(subject, plan, new Silence(), turn.client())) {
            crowd.login(turn.progress());
            for (User user : crowd.users()) {
                user.close();
            }
            crowd.awaitLeft(0);
            Groups.make(subject.dialect(), crowd.users(), groups, members, turn.progress());
        }
        if (!server.restarts()) {
            return subject;
        }
        turn.progress().accept("starting it anew");
        return server.restart(false);
    }

    private Measured measure(Crowd crowd, Turn turn) throws InterruptedException {
        Usage usage = crowd.subject().usage();
        crowd.subject().dialect().prepare(turn.size().users());
        List<Series.Point> resident = new ArrayList<>();
        List<Series.Point> heap = new ArrayList<>();
        int users = crowd.users().size();
        int connected = 0;
        for (int step = 0; step < steps; step++) {
            int target = first + (int) ((long) (users - first) * step / Math.max(1, steps - 1));
            crowd.login(crowd.users().subList(connected, target), turn.progress());
            connected = target;
            crowd.awaitReady(connected);
            turn.progress().accept(connected + " connections");
            Thread.sleep(settleSeconds * 1000L);
            heap.add(new Series.Point(connected, usage.liveHeapBytes() / 1024));
            resident.add(new Series.Point(connected, usage.residentBytes() / 1024));
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.KB_PER_CONNECTION, Slope.of(resident));
        figures.put(Figure.HEAP_KB_PER_CONNECTION, Slope.of(heap));
        figures.put(Figure.RESIDENT, usage.residentBytes() / 1e6);
        List<Series> series = List.of(new Series("resident KB", resident), new Series("live heap KB", heap));
        Counts counts = crowd.counts();
        return new Measured(crowd.subject().name(), figures, series, counts, crowd.complaint());
    }

    @Override
    public String unit() {
        return "connections";
    }

    /// Nobody says anything.
    private static final class Silence implements Flow {
        @Override
        public List<Stream> streamsTo(User receiver, List<User> users) {
            return List.of();
        }
    }
}
