package io.magpie.bench.verify.run;

import io.magpie.bench.verify.fault.Nemesis;
import io.magpie.bench.verify.history.Recorder;
import io.magpie.client.WebSocketTransport;
import io.magpie.core.command.Command;
import io.magpie.core.log.Content;
import io.magpie.core.log.Mentions;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// All devices of a run, each with habits and a thread of its own.
final class Crowd implements Nemesis.SlowReaders, AutoCloseable {
    private static final int ANSWER_MS = 6_000;
    private static final String SHOUT = "x".repeat(7_000);
    private static final int MOST_SHOUTS = 1_500;
    private static final int VOICES = 16;
    private static final int SLOW_MS = 6_000;

    private final HttpClient http;
    private final World world;
    private final List<Place> places;
    private final Recorder recorder;
    private final Random random;
    private final int paceMs;
    private final List<Habits> all = new ArrayList<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("device-", 0).factory());
    private final List<Future<?>> acting = new ArrayList<>();
    private volatile boolean tired;
    private final AtomicInteger shouters = new AtomicInteger();

    Crowd(HttpClient http, World world, List<Place> places, Recorder recorder, Size size) {
        this.http = http;
        this.world = world;
        this.places = places;
        this.recorder = recorder;
        this.random = new Random(size.seed());
        this.paceMs = size.paceMs();
        var around = new Habits.Surroundings(world, places, http, recorder);
        for (World.User user : world.users()) {
            for (int number = 1; number <= size.devices(); number++) {
                String name = "u" + user.number() + "-" + number;
                var dice = new Random(random.nextLong());
                all.add(new Habits(device(name, user, number), user, around, name, number > 1, dice));
            }
        }
    }

    /// @param devices of each user
    record Size(int devices, int paceMs, long seed) {}

    private LiveDevice device(String name, World.User user, int number) {
        var transport = number % 2 == 0 ? WebSocketTransport.protobuf(http) : WebSocketTransport.json(http);
        return new LiveDevice(name, user.id(), user.token(), transport, recorder);
    }

    /// A device that comes with nothing.
    LiveDevice newDevice(String name, World.User user) {
        return device(name, user, 1);
    }

    List<LiveDevice> devices() {
        return all.stream().map(Habits::device).toList();
    }

    void start() {
        for (Habits habits : all) {
            var own = new Random(random.nextLong());
            acting.add(threads.submit(() -> {
                live(habits, own);
                return true;
            }));
        }
    }

    private void live(Habits habits, Random own) throws InterruptedException {
        while (!tired) {
            habits.act();
            // Exponential: now and then several at once, now and then a while nothing.
            double wait = -Math.log(1 - own.nextDouble()) * paceMs;
            Thread.sleep((long) Math.min(wait, 10.0 * paceMs));
        }
    }

    /// Nobody begins anything any more; what has no answer yet is sent again until it has one.
    void settle(int seconds) throws InterruptedException {
        tired = true;
        for (Future<?> device : acting) {
            Waiting.on(device);
        }
        acting.clear();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Future<?>> settling = new ArrayList<>();
        for (Habits habits : all) {
            settling.add(threads.submit(() -> {
                while (!habits.settle() && System.nanoTime() < until) {
                    Thread.sleep(200);
                }
                return true;
            }));
        }
        for (Future<?> each : settling) {
            Waiting.on(each);
        }
    }

    /// A few devices of members who stay stop reading, while somebody shouts into their group.
    @Override
    public void slow(int milliseconds) throws InterruptedException {
        World.Group group = world.groups().get(random.nextInt(world.groups().size()));
        World.User owner = group.members().getFirst();
        List<Habits> candidates = new ArrayList<>(all);
        candidates.removeIf(habits -> group.floaters().stream()
                .anyMatch(floater -> floater.id() == habits.device().user()));
        Collections.shuffle(candidates, random);
        List<Talk> slow = candidates.stream()
                .limit(Math.max(1, all.size() / 6))
                .flatMap(habits -> habits.device().talk().stream())
                .toList();
        slow.forEach(talk -> talk.reading(false));
        long until = System.nanoTime() + Math.max(SLOW_MS, milliseconds) * 1_000_000L;
        int number = shouters.incrementAndGet();
        var shouter = newDevice("shout-" + number, owner);
        if (shouter.connect(places.get(random.nextInt(places.size())))) {
            shout(shouter, number, group, until);
            shouter.leave("has shouted enough");
        }
        long left = until - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        slow.forEach(talk -> talk.reading(true));
    }

    /// Several at once, or nothing would pile up before those who do not read.
    private void shout(LiveDevice shouter, int number, World.Group group, long until) throws InterruptedException {
        var next = new AtomicInteger();
        List<Future<?>> voices = new ArrayList<>();
        for (int voice = 0; voice < VOICES; voice++) {
            voices.add(threads.submit(() -> {
                while (System.nanoTime() < until && say(shouter, group, "shout-" + number, next.incrementAndGet())) {
                    // Until there is nobody to say it to.
                }
                return true;
            }));
        }
        for (Future<?> voice : voices) {
            Waiting.on(voice);
        }
    }

    private boolean say(LiveDevice shouter, World.Group group, String prefix, int n) throws InterruptedException {
        String id = prefix + "-" + n;
        var send = new Command.Send(
                group.conversation(),
                id,
                new Content.Text(id + " " + SHOUT),
                0,
                Mentions.NONE,
                Command.Priority.NORMAL);
        Talk talk = shouter.talk().orElse(null);
        return n <= MOST_SHOUTS
                && talk != null
                && shouter.send(talk, send, ANSWER_MS).isPresent();
    }

    @Override
    public void close() {
        tired = true;
        devices().forEach(device -> device.leave("the run is over"));
        threads.shutdownNow();
    }
}
