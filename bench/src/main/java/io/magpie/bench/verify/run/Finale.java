package io.magpie.bench.verify.run;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.Recorder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The end of a run, when faults are over: everybody is given the time the server has to repair itself, new devices
/// look at everything, all come back from nowhere, and then half of them leave.
final class Finale {
    /// A little more than the server may take.
    private static final int REPAIR_SECONDS = 33;

    private static final int ATTEMPTS = 20;

    private final Crowd crowd;
    private final World world;
    private final List<Place> places;
    private final Recorder recorder;
    private final Consumer<String> progress;

    Finale(Crowd crowd, World world, List<Place> places, Recorder recorder, Consumer<String> progress) {
        this.crowd = crowd;
        this.world = world;
        this.places = places;
        this.recorder = recorder;
        this.progress = progress;
    }

    void play() throws InterruptedException {
        progress.accept("waiting for the last answers");
        crowd.settle(REPAIR_SECONDS);
        recorder.milestone(Line.Phase.FINAL_VIEW);
        progress.accept("looking at everything");
        List<LiveDevice> eyes = new ArrayList<>();
        for (World.User user : world.users()) {
            eyes.add(crowd.newDevice("u" + user.number() + "-new", user));
        }
        connect(eyes);
        progress.accept("waiting for what devices lack");
        Waiting.until(() -> allHoldWhat(eyes), REPAIR_SECONDS);
        eyes.forEach(eye -> eye.leave("has seen enough"));
        progress.accept("everybody comes back");
        connect(crowd.devices());
        progress.accept("who is there?");
        present(crowd.devices(), Line.Phase.ALL_PRESENT);
        presentHalf();
    }

    /// Whether connected devices hold what the new ones do.
    private boolean allHoldWhat(List<LiveDevice> eyes) {
        for (LiveDevice eye : eyes) {
            for (LiveDevice device : crowd.devices()) {
                if (device.user() == eye.user()
                        && device.talk().isPresent()
                        && eye.conversations().stream()
                                .anyMatch(conversation -> device.top(conversation) < eye.top(conversation))) {
                    return false;
                }
            }
        }
        return true;
    }

    private void connect(List<LiveDevice> devices) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> coming = new ArrayList<>();
            for (int i = 0; i < devices.size(); i++) {
                LiveDevice device = devices.get(i);
                int first = i;
                coming.add(threads.submit(() -> connect(device, first)));
            }
            for (Future<Boolean> each : coming) {
                Waiting.on(each);
            }
        }
    }

    private boolean connect(LiveDevice device, int first) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (device.connect(places.get((first + attempt) % places.size()))) {
                return true;
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("a device does not get in after the faults are over");
    }

    /// Everybody watches everybody; says so once all know, or the time for it is over.
    private void present(List<LiveDevice> devices, Line.Phase phase) throws InterruptedException {
        for (LiveDevice device : devices) {
            Talk talk = device.talk().orElse(null);
            if (talk != null) {
                device.watch(talk, world.ids());
            }
        }
        awaitKnown(devices, world.ids());
        recorder.milestone(phase);
    }

    /// The others are told by pushes alone.
    private void presentHalf() throws InterruptedException {
        Set<Long> leaving = new HashSet<>();
        world.users().stream().filter(user -> user.number() % 2 == 0).forEach(user -> leaving.add(user.id()));
        crowd.devices().stream()
                .filter(device -> leaving.contains(device.user()))
                .forEach(device -> device.leave("goes home"));
        List<LiveDevice> staying = crowd.devices().stream()
                .filter(device -> !leaving.contains(device.user()))
                .toList();
        awaitKnown(
                staying,
                world.ids().stream().filter(user -> !leaving.contains(user)).toList());
        recorder.milestone(Line.Phase.SOME_PRESENT);
    }

    private void awaitKnown(List<LiveDevice> devices, List<Long> present) throws InterruptedException {
        Waiting.until(
                () -> devices.stream()
                        .allMatch(device -> world.ids().stream()
                                .allMatch(user -> device.told(user).orElse(false) == present.contains(user))),
                REPAIR_SECONDS);
    }
}
