package io.magpie.bench.scenario;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Flow;
import io.magpie.bench.load.Measured;
import io.magpie.bench.load.Meter;
import io.magpie.bench.load.Stream;
import io.magpie.bench.load.Subject;
import io.magpie.bench.load.User;
import io.magpie.bench.target.Server;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// A storm of logins: a connection, the login, what changed in the list of conversations, and away again; always
/// `atOnce` of them under way. On a relay, which has neither accounts nor conversations, it is the bare connection.
///
/// @param groups everybody is a member of, on servers that know groups
/// @param fresh devices that hold nothing and ask for the whole list; others ask what changed since they were there
public record Login(int atOnce, int groups, int members, boolean fresh) implements Scenario {
    @Override
    public Measured run(Server server, Turn turn) throws InterruptedException {
        Subject subject = server.subject(turn.number());
        Storm storm = new Storm(turn.size().users(), fresh);
        try (Crowd crowd = new Crowd(subject, turn.plan(turn.size().users(), !fresh), storm, turn.client())) {
            crowd.login(turn.progress());
            if (turn.first()) {
                Groups.make(subject.dialect(), crowd.users(), groups, members, turn.progress());
            }
            crowd.users().forEach(User::close);
            crowd.awaitLeft(0);
            storm.crowd = crowd;
            storm.blows = true;
            for (int i = 0; i < Math.min(atOnce, turn.size().users()); i++) {
                storm.next(crowd);
            }
            for (int second = 0; second < turn.warmSeconds(); second++) {
                turn.progress().accept("warm-up");
                Thread.sleep(1000);
            }
            Meter meter = new Meter(subject.usage(), crowd.counters());
            for (int second = 0; second < turn.size().seconds(); second++) {
                Thread.sleep(1000);
                turn.progress().accept((second + 1) + "/" + turn.size().seconds() + " s, " + meter.tick() + "/s");
            }
            Meter.Result result = meter.stop();
            storm.blows = false;
            crowd.drain(turn.size().quietSeconds(), turn.progress());
            return new Measured(subject.name(), result.figures(), result.series(), crowd.counts(), crowd.complaint());
        }
    }

    @Override
    public String unit() {
        return "logins";
    }

    /// Who leaves makes room for the next.
    private static final class Storm implements Flow {
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicLongArray began;
        private final boolean fresh;
        private volatile boolean blows;
        private volatile @Nullable Crowd crowd;

        Storm(int users, boolean fresh) {
            this.began = new AtomicLongArray(users);
            this.fresh = fresh;
        }

        void next(Crowd among) {
            int index = next.getAndIncrement() % began.length();
            began.set(index, System.nanoTime());
            among.counters().began();
            among.connect(among.users().get(index));
        }

        @Override
        public void ready(User user) {
            Crowd storming = crowd;
            if (storming != null && fresh) {
                storming.subject().dialect().sync(user);
            }
        }

        @Override
        public void synced(User user) {
            if (fresh) {
                done(user);
            }
        }

        @Override
        public void pulled(User user) {
            done(user);
        }

        private void done(User user) {
            Crowd storming = crowd;
            if (storming != null) {
                storming.counters().done(System.nanoTime() - began.get(user.index()));
                user.close();
            }
        }

        @Override
        public void left(User user) {
            Crowd storming = crowd;
            if (blows && storming != null) {
                next(storming);
            }
        }

        @Override
        public List<Stream> streamsTo(User receiver, List<User> users) {
            return List.of();
        }
    }
}
