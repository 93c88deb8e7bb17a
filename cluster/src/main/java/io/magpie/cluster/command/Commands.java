package io.magpie.cluster.command;

import io.magpie.engines.EngineFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What can be done to the cluster of one folder. One thread.
record Commands(Path folder, Path configurations, Screen screen) {
    /// All that a cluster ever makes in its folder.
    private static final List<String> OWN =
            List.of("engines", "nodes", "files", "fleet.properties", "cluster.properties", "lock");

    private static final int LIVE_MS = 1_000;
    private static final int PLAIN_MS = 10_000;

    Cluster cluster() {
        return Cluster.in(folder, configurations)
                .filter(Cluster::isRunning)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no cluster runs in " + folder + " (expected: ./magpie cluster up before)"));
    }

    /// Nobody else changes the cluster meanwhile.
    <T> T alone(Supplier<T> work) {
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.tryLock()) {
                if (lock == null) {
                    throw busy();
                }
                return work.get();
            } catch (OverlappingFileLockException _) {
                throw busy();
            }
        } catch (IOException e) {
            throw new EngineFailure("cannot use " + folder, e);
        }
    }

    private EngineFailure busy() {
        return new EngineFailure("another ./magpie cluster is at work in " + folder + " (expected: one at a time)");
    }

    int status(boolean watch) throws InterruptedException {
        Cluster cluster = cluster();
        try (var observer = new Observer(new Nodes(cluster.remembered().key()))) {
            if (watch) {
                watch(cluster, observer, "");
            }
            observer.look(cluster.nodes(), System.nanoTime());
            Thread.sleep(LIVE_MS);
            List<Row> rows = observer.look(cluster.nodes(), System.nanoTime());
            var others = cluster.others();
            screen.clear();
            new Table(screen.isLive()).lines(rows, others, "").forEach(screen::say);
            return rows.stream().allMatch(Row::isUp) && !others.containsValue(false) ? 0 : 1;
        }
    }

    /// As long as anything runs, or until interrupted.
    void watch(Cluster first, Observer observer, String hint) throws InterruptedException {
        var table = new Table(screen.isLive());
        Cluster cluster = first;
        while (cluster.isRunning()) {
            List<Row> rows = observer.look(cluster.nodes(), System.nanoTime());
            if (screen.isLive()) {
                screen.block(table.lines(rows, cluster.others(), hint));
                Thread.sleep(LIVE_MS);
            } else {
                Table.plain(rows).forEach(screen::say);
                Thread.sleep(PLAIN_MS);
            }
            cluster = cluster.current(configurations);
        }
    }

    int add(@Nullable String node) {
        String added = alone(() -> cluster().add(node, screen::progress).id());
        screen.say(added + " is up");
        return 0;
    }

    int drain(String node) {
        boolean gently = alone(() -> cluster().drain(node, screen::progress));
        screen.say(gently ? node + " is drained" : node + " did not drain in time and was ended");
        return gently ? 0 : 1;
    }

    int kill(String node) {
        alone(() -> {
            cluster().kill(node);
            return node;
        });
        screen.say(node + " is dead");
        return 0;
    }

    int down(boolean wipe) {
        if (!Files.exists(folder)) {
            screen.say("no cluster in " + folder);
            return 0;
        }
        boolean ran = alone(this::end);
        screen.say(ran ? "the cluster is down" : "no cluster runs in " + folder);
        if (wipe) {
            OWN.forEach(name -> delete(folder.resolve(name)));
            screen.say("its data are deleted");
        }
        return 0;
    }

    /// Whether anything ran.
    boolean end() {
        return Cluster.in(folder, configurations)
                .filter(Cluster::isRunning)
                .map(cluster -> {
                    screen.progress("ending nodes and engines");
                    cluster.down();
                    return true;
                })
                .orElse(false);
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (var below = Files.walk(path)) {
            for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new EngineFailure("cannot delete " + path, e);
        }
    }
}
