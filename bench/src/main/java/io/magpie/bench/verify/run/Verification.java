package io.magpie.bench.verify.run;

import io.magpie.bench.verify.fault.Fault;
import io.magpie.bench.verify.fault.Nemesis;
import io.magpie.bench.verify.fault.Schedule;
import io.magpie.bench.verify.history.History;
import io.magpie.bench.verify.history.Recorder;
import io.magpie.cluster.Fleet;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// One run against a fleet: people, faults, the end. Blocks.
public final class Verification {
    private static final int WARM_UP_MS = 3_000;
    /// Longer than a repair may take.
    private static final int CALM_MS = 33_000;

    private final Options options;
    private final Consumer<String> progress;

    /// @param users each with `devices`
    /// @param paceMs between what one device does, on average
    /// @param millis how long faults come; every kind comes at least once, and people go on half a minute longer
    public record Options(int users, int devices, int groups, int paceMs, long millis, List<Fault> faults, long seed) {
        /// As many people as one machine bears beside three nodes.
        public static Options small(long millis, List<Fault> faults, long seed) {
            return new Options(8, 3, 4, 250, millis, faults, seed);
        }
    }

    public Verification(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    public History run(Fleet fleet) throws InterruptedException {
        List<Place> places = fleet.nodes().stream().map(Place::of).toList();
        var recorder = new Recorder();
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            progress.accept("making users and groups");
            World world = World.make(
                    http,
                    places.getFirst(),
                    fleet.plan().secret(),
                    options.users(),
                    options.groups(),
                    InstantSource.system());
            var size = new Crowd.Size(options.devices(), options.paceMs(), options.seed());
            try (var crowd = new Crowd(http, world, places, recorder, size)) {
                crowd.start();
                Thread.sleep(WARM_UP_MS);
                faults(fleet, crowd, recorder);
                tell(recorder, "faults are over, people go on");
                Thread.sleep(CALM_MS);
                new Finale(crowd, world, places, recorder, text -> tell(recorder, text)).play();
            }
            http.shutdownNow();
        }
        return recorder.history();
    }

    private void faults(Fleet fleet, Crowd crowd, Recorder recorder) throws InterruptedException {
        long until = System.nanoTime() + options.millis() * 1_000_000;
        var nemesis = new Nemesis(fleet, recorder, crowd, text -> tell(recorder, text));
        if (options.faults().isEmpty()) {
            Thread.sleep(options.millis());
            return;
        }
        var schedule =
                new Schedule(options.seed(), options.faults(), fleet.nodes().size());
        int inflicted = 0;
        while (inflicted < options.faults().size() || System.nanoTime() < until) {
            nemesis.inflict(schedule.next());
            inflicted++;
        }
        nemesis.mend();
    }

    private void tell(Recorder recorder, String text) {
        progress.accept(String.format(
                Locale.ROOT,
                "%6.1f s  %,d sends, %,d deliveries  %s",
                recorder.now() / 1e6,
                recorder.sends(),
                recorder.deliveries(),
                text));
    }
}
