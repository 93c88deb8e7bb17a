package io.magpie.cluster.command;

import io.magpie.cluster.Fleet;
import io.magpie.cluster.FleetNode;
import io.magpie.cluster.Launch;
import io.magpie.cluster.Plan;
import io.magpie.cluster.Topology;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cluster of a folder: a fleet with nginx before it. Everything outlives this JVM.
///
/// **Thread.** Any, one at a time. Everything blocks until it is done.
final class Cluster {
    private static final int DRAIN_MS = 60_000;

    private final Fleet fleet;
    private final Front front;
    private final Remembered remembered;

    private Cluster(Fleet fleet, Front front, Remembered remembered) {
        this.fleet = fleet;
        this.front = front;
        this.remembered = remembered;
    }

    /// What an earlier [#up] left in the folder, running or not.
    static Optional<Cluster> in(Path folder, Path configurations) {
        return Remembered.read(folder)
                .flatMap(known -> Fleet.running(folder)
                        .map(fleet -> new Cluster(fleet, new Front(folder, configurations), known)));
    }

    /// Starts what does not run. If a cluster that was down does not come up, nothing of it stays.
    static Cluster up(Path folder, Path configurations, Wish wish, Supplier<Launch> launch, Consumer<String> progress) {
        Optional<Cluster> known = in(folder, configurations);
        Remembered before = known.map(cluster -> cluster.remembered).orElseGet(Remembered::fresh);
        Remembered now = wish.balance() == null ? before : before.with(wish.balance());
        if (known.isPresent() && known.get().isRunning()) {
            return known.get().revived(wish, now, progress);
        }
        Topology topology = wish.topology(known.map(Cluster::topology).orElse(null));
        now = wish.settings().isEmpty() ? now : now.with(wish.settings());
        var front = new Front(folder, configurations);
        front.choosePorts(wish.port());
        now.write(folder);
        List<String> settings = settings(topology, now, front);
        Fleet fleet = Fleet.start(
                new Plan(folder, topology, launch.get(), settings, now.secret(), Plan.Lifetime.DETACHED, false),
                progress);
        var cluster = new Cluster(fleet, front, now);
        try {
            progress.accept("starting nginx");
            front.serve(now.balance(), fleet.nodes(), null);
            return cluster;
        } catch (RuntimeException e) {
            cluster.down();
            throw e;
        }
    }

    private Cluster revived(Wish wish, Remembered now, Consumer<String> progress) {
        wish.checkAgainst(topology());
        front.choosePorts(wish.port());
        now.write(fleet.plan().folder());
        fleet.revive(progress);
        progress.accept("starting nginx");
        front.serve(now.balance(), fleet.nodes(), null);
        return new Cluster(fleet, front, now);
    }

    private static List<String> settings(Topology topology, Remembered remembered, Front front) {
        List<String> settings = new ArrayList<>(List.of(
                "auth.apiKeys=[{name: cluster, key: " + remembered.key() + "}]", "http.trustedProxies=[loopback]"));
        // With homes, clients are sent to nodes; otherwise all they know is nginx.
        if (!topology.directory().equals("hash")) {
            settings.add("node.websocketUrl=" + front.webSocket());
            settings.add("node.socketioUrl=" + front.http());
            settings.add("node.tcpUrl=" + front.tcp());
        }
        settings.addAll(remembered.settings());
        return settings;
    }

    /// As other commands have left it meanwhile.
    Cluster current(Path configurations) {
        Path folder = fleet.plan().folder();
        return Plan.nodes(folder) == fleet.nodes().size()
                ? this
                : in(folder, configurations).orElse(this);
    }

    Topology topology() {
        return fleet.plan().topology();
    }

    Front front() {
        return front;
    }

    Remembered remembered() {
        return remembered;
    }

    List<FleetNode> nodes() {
        return fleet.nodes();
    }

    /// Whether anything of it does.
    boolean isRunning() {
        return front.isRunning()
                || fleet.engines().values().stream().anyMatch(RunningEngine::isRunning)
                || nodes().stream().anyMatch(node -> node.state() != FleetNode.State.DOWN);
    }

    /// Engines and nginx, and whether each runs.
    Map<String, Boolean> others() {
        Map<String, Boolean> others = new LinkedHashMap<>();
        for (Engine engine : topology().engines()) {
            RunningEngine running = fleet.engines().get(engine);
            others.put(engine.id(), running != null && running.isRunning());
        }
        others.put("nginx", front.isRunning());
        return others;
    }

    void kill(String id) {
        running(id).kill();
    }

    /// It gets nothing new, its clients are sent elsewhere, and it ends.
    ///
    /// @return false if it did not do so by itself and was ended
    boolean drain(String id, Consumer<String> progress) {
        FleetNode node = running(id);
        progress.accept("draining " + id);
        front.serve(remembered.balance(), nodes(), node);
        List<FleetNode> through = new ArrayList<>(nodes().stream()
                .filter(other -> !other.equals(node) && other.state() == FleetNode.State.UP)
                .toList());
        through.add(node);
        boolean gone;
        try (var api = new Nodes(remembered.key())) {
            gone = api.drain(through, node) && awaitEnd(node);
        }
        // Forgets its process, and ends one that did not hear.
        node.drain();
        return gone;
    }

    private static boolean awaitEnd(FleetNode node) {
        long until = System.nanoTime() + DRAIN_MS * 1_000_000L;
        try {
            while (node.state() != FleetNode.State.DOWN) {
                if (System.nanoTime() > until) {
                    return false;
                }
                Thread.sleep(50);
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// One more node; with the name of one that is down, that one again.
    FleetNode add(@Nullable String id, Consumer<String> progress) {
        FleetNode node;
        if (id == null) {
            progress.accept("starting a node");
            node = fleet.add();
        } else {
            node = node(id);
            if (node.state() != FleetNode.State.DOWN) {
                throw new IllegalArgumentException(
                        "node: " + id + " runs (expected: one that is down, or no name for a new one)");
            }
            progress.accept("starting " + id);
            node.start();
        }
        front.serve(remembered.balance(), nodes(), null);
        return node;
    }

    private FleetNode running(String id) {
        FleetNode node = node(id);
        if (node.state() == FleetNode.State.DOWN) {
            throw new IllegalArgumentException("node: " + id + " is down (expected: one that runs)");
        }
        return node;
    }

    private FleetNode node(String id) {
        return fleet.node(id);
    }

    /// Nodes say goodbye through nginx, so it goes last.
    void down() {
        fleet.close();
        front.close();
    }
}
