package io.magpie.cluster;

import io.magpie.engines.Engine;
import io.magpie.engines.EngineFailure;
import io.magpie.engines.RunningEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Nodes and the engines they stand on. Everything it started is remembered in its folder (a process id and its
/// birth per process), so that [#running] finds exactly that again, and [#close] ends exactly that.
///
/// **Thread.** Any. Everything that starts or stops something blocks until it is so.
public final class Fleet implements AutoCloseable {
    private final Plan plan;
    private final List<Launch> launches;
    private final Map<Engine, RunningEngine> engines = new EnumMap<>(Engine.class);
    private final List<FleetNode> nodes = new CopyOnWriteArrayList<>();
    private final List<Cable> cables = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::killNodes, "fleet-at-exit");

    private Fleet(Plan plan, List<Launch> launches) {
        this.plan = plan;
        this.launches = List.copyOf(launches);
    }

    /// Starts the engines, then the nodes. Returns when all serve; if one does not, nothing stays.
    public static Fleet start(Plan plan, Consumer<String> progress) {
        return start(plan, List.of(plan.launch()), progress);
    }

    /// The same with nodes of several builds side by side.
    ///
    /// @param launches how nodes are started instead of [Plan#launch], in turn
    public static Fleet start(Plan plan, List<Launch> launches, Consumer<String> progress) {
        var fleet = new Fleet(plan, launches);
        try {
            plan.write();
            if (plan.lifetime() == Plan.Lifetime.OF_THE_JVM) {
                Runtime.getRuntime().addShutdownHook(fleet.atExit);
            }
            fleet.revive(progress);
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /// Starts what does not run: engines, then nodes. Returns when all serve; what ran goes on whatever happens.
    public synchronized void revive(Consumer<String> progress) {
        for (Engine engine : plan.topology().engines()) {
            RunningEngine known = engines.get(engine);
            if (known == null || !known.isRunning()) {
                progress.accept("starting " + engine.id());
                engines.put(engine, start(engine, plan));
            }
        }
        while (nodes.size() < plan.topology().nodes()) {
            place();
        }
        for (FleetNode node : nodes) {
            if (node.state() == FleetNode.State.DOWN) {
                progress.accept("starting " + node.id());
                node.start();
            }
        }
    }

    private static RunningEngine start(Engine engine, Plan plan) {
        Path folder = folder(engine, plan.folder());
        return switch (plan.lifetime()) {
            case OF_THE_JVM -> engine.start(folder);
            case DETACHED -> engine.startDetached(folder);
        };
    }

    private static Path folder(Engine engine, Path fleet) {
        return fleet.resolve("engines").resolve(engine.id());
    }

    /// What a detached start left running in this folder, by whichever JVM; nodes that are down are there too.
    public static Optional<Fleet> running(Path folder) {
        return Plan.read(folder).map(plan -> {
            var fleet = new Fleet(plan, List.of(plan.launch()));
            for (Engine engine : plan.topology().engines()) {
                engine.running(folder(engine, plan.folder())).ifPresent(found -> fleet.engines.put(engine, found));
            }
            for (int i = 0; i < plan.topology().nodes(); i++) {
                fleet.place();
            }
            return fleet;
        });
    }

    /// The next node's place; nothing runs there yet.
    private FleetNode place() {
        String id = "node-" + (nodes.size() + 1);
        Map<Engine, Cable> own = new EnumMap<>(Engine.class);
        if (plan.cables()) {
            engines.forEach((engine, running) -> {
                if (Wires.hasCable(engine)) {
                    own.put(engine, Cable.to(running.host(), running.port()));
                }
            });
        }
        cables.addAll(own.values());
        var node = new FleetNode(
                id,
                plan.folder().resolve("nodes").resolve(id),
                plan,
                launches.get(nodes.size() % launches.size()),
                () -> Wires.settings(plan.topology(), engines, own),
                own.values());
        nodes.add(node);
        return node;
    }

    /// One more node, started.
    public synchronized FleetNode add() {
        var topology = plan.topology();
        new Plan(
                        plan.folder(),
                        new Topology(
                                nodes.size() + 1,
                                topology.store(),
                                topology.bus(),
                                topology.directory(),
                                topology.registry()),
                        plan.launch(),
                        plan.settings(),
                        plan.secret(),
                        plan.lifetime(),
                        plan.cables())
                .write();
        FleetNode node = place();
        node.start();
        return node;
    }

    public Plan plan() {
        return plan;
    }

    public List<FleetNode> nodes() {
        return List.copyOf(nodes);
    }

    public FleetNode node(String id) {
        return nodes.stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("node: " + id + " (expected: one of "
                        + nodes.stream().map(FleetNode::id).collect(Collectors.joining(", ")) + ")"));
    }

    /// Those that run in this fleet.
    public Map<Engine, RunningEngine> engines() {
        return Map.copyOf(engines);
    }

    public RunningEngine engine(Engine engine) {
        RunningEngine running = engines.get(engine);
        if (running == null) {
            throw new IllegalArgumentException("engine: " + engine.id() + " (expected: one of "
                    + engines.keySet().stream().map(Engine::id).toList() + ")");
        }
        return running;
    }

    /// Redis loses everything it holds, at once.
    public void wipeRedis() {
        RunningEngine redis = engine(Engine.REDIS);
        try (var socket = new Socket(redis.host(), redis.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK")) {
                throw new EngineFailure("redis: FLUSHALL: " + answer + " (expected: +OK)");
            }
        } catch (IOException e) {
            throw new EngineFailure("redis: FLUSHALL", e);
        }
    }

    private void killNodes() {
        nodes.forEach(FleetNode::kill);
    }

    /// Drains the nodes, then ends the engines. Data and logs stay.
    @Override
    public void close() {
        cables.forEach(Cable::heal);
        List<Thread> draining = new ArrayList<>();
        for (FleetNode node : nodes) {
            draining.add(Thread.ofPlatform().name("drain-" + node.id()).start(node::drain));
        }
        try {
            for (Thread thread : draining) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            killNodes();
        }
        cables.forEach(Cable::close);
        engines.values().forEach(RunningEngine::close);
        removeHook();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The JVM ends already and runs it.
        }
    }
}
