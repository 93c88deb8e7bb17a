package io.magpie.bench.scenario;

import io.magpie.bench.load.Crowd;
import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.Flow;
import io.magpie.bench.load.Measured;
import io.magpie.bench.load.Meter;
import io.magpie.bench.load.Round;
import io.magpie.bench.load.Stream;
import io.magpie.bench.load.Subject;
import io.magpie.bench.load.Timetable;
import io.magpie.bench.load.User;
import io.magpie.bench.target.Server;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A day in a minute: direct messages, groups of which most are small and few are large, reading, typing, and people
/// who go and come back, all at a fixed number of actions per second.
///
/// @param actions per second, over all users
public record Day(int actions) implements Scenario {
    @Override
    public Measured run(Server server, Turn turn) throws InterruptedException {
        Subject subject = server.subject(turn.number());
        Life life = new Life(actions, turn.number());
        try (Crowd crowd = new Crowd(subject, turn.plan(turn.size().users(), true), life, turn.client())) {
            crowd.login(turn.progress());
            life.crowd = crowd;
            life.prepare(subject.dialect(), crowd.users());
            for (int second = 0; second < turn.warmSeconds(); second++) {
                turn.progress().accept("warm-up");
                Thread.sleep(1000);
            }
            Meter meter = new Meter(subject.usage(), crowd.counters());
            for (int second = 0; second < turn.size().seconds(); second++) {
                Round.Death death = turn.round(() -> server.restart(true)).death();
                if (death != null && second == turn.size().seconds() / 2) {
                    turn.progress().accept("SIGKILL");
                    crowd.subject(death.killAndRestart());
                }
                Thread.sleep(1000);
                turn.progress().accept((second + 1) + "/" + turn.size().seconds() + " s, " + meter.tick() + "/s");
            }
            Meter.Result result = meter.stop();
            life.stop();
            crowd.awaitReady(turn.size().users());
            crowd.drain(turn.size().quietSeconds(), turn.progress());
            return new Measured(subject.name(), result.figures(), result.series(), crowd.counts(), crowd.complaint());
        } finally {
            life.stop();
        }
    }

    @Override
    public String unit() {
        return "deliveries";
    }

    /// Sizes of groups, the most frequent small: of the Pareto distribution.
    static List<Integer> groupSizes(int users, Random random) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < users / 2; i++) {
            double size = 3 / Math.pow(1 - random.nextDouble(), 1 / 1.3);
            sizes.add((int) Math.min(users, size));
        }
        return sizes;
    }

    /// What people do. The timer decides, their event loops do it.
    private static final class Life implements Flow {
        private static final int TICK_MILLIS = 2;
        private static final int AWAY_MILLIS = 1500;

        private final Timetable timetable;
        private final Random random;
        private final Map<Integer, List<Stream>> toUser = new HashMap<>();
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("day").factory());
        private volatile @Nullable Crowd crowd;
        private List<User> users = List.of();

        Life(int actions, int seed) {
            this.timetable = new Timetable(actions);
            this.random = new Random(seed);
        }

        @Override
        public void prepare(Dialect dialect, List<User> all) {
            users = all;
            for (User user : all) {
                User partner = all.get(user.index() ^ 1);
                add(user, dialect.address(user, partner), List.of(partner));
            }
            for (int size : groupSizes(all.size(), random)) {
                List<User> members = new ArrayList<>(all);
                Collections.shuffle(members, random);
                members = List.copyOf(members.subList(0, size));
                byte[] address = dialect.group(members);
                for (User member : members) {
                    add(member, address, members);
                }
            }
            timetable.begin(System.nanoTime());
            var _ = timer.scheduleAtFixedRate(this::act, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void add(User writer, byte[] address, List<User> readers) {
            List<User> others =
                    readers.stream().filter(reader -> !reader.equals(writer)).toList();
            int id = writer.index() + writer.streams().size() * users.size();
            Stream stream = new Stream(id, writer, address, others.size());
            writer.writesTo(stream);
            others.forEach(reader -> toUser.computeIfAbsent(reader.index(), _ -> new ArrayList<>())
                    .add(stream));
        }

        private void act() {
            timetable.due(System.nanoTime(), (_, nanos) -> {
                User user = users.get(random.nextInt(users.size()));
                int what = random.nextInt(100);
                List<Stream> streams = user.streams();
                Stream stream = what < 45 ? streams.getFirst() : streams.get(random.nextInt(streams.size()));
                user.execute(() -> {
                    act(user, what, stream, nanos);
                    user.flush();
                });
            });
        }

        /// 70 of 100 write, 18 read, 10 type, 2 go away.
        private void act(User user, int what, Stream stream, long nanos) {
            Crowd among = crowd;
            if (what < 70) {
                user.send(stream, nanos);
            } else if (!user.isReady() || among == null) {
                return;
            } else if (what < 88) {
                among.subject().dialect().read(user, stream.address());
            } else if (what < 98) {
                among.subject().dialect().typing(user, stream.address(), what % 2 == 0);
            } else {
                user.close();
            }
        }

        @Override
        public void left(User user) {
            Crowd among = crowd;
            if (among != null) {
                among.comeBack(user, AWAY_MILLIS);
            }
        }

        @Override
        public List<Stream> streamsTo(User receiver, List<User> all) {
            return toUser.getOrDefault(receiver.index(), List.of());
        }

        @Override
        public void stop() {
            timer.shutdownNow();
        }
    }
}
