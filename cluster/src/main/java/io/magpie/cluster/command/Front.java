package io.magpie.cluster.command;

import io.magpie.cluster.FleetNode;
import io.magpie.engines.Engine;
import io.magpie.engines.EngineFailure;
import io.magpie.engines.Ports;
import io.magpie.engines.Processes;
import io.magpie.engines.RunningEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// nginx before the nodes. It outlives this JVM.
///
/// **Thread.** Any, one at a time.
final class Front {
    private static final String HOST = "127.0.0.1:";
    private static final int RELOAD_MS = 10_000;

    private final Path folder;
    private final Path configurations;

    /// @param configurations the folder `deploy/nginx`
    Front(Path cluster, Path configurations) {
        this.folder = cluster.resolve("engines").resolve(Engine.NGINX.id()).toAbsolutePath();
        this.configurations = configurations;
    }

    private Optional<RunningEngine> running() {
        return Engine.NGINX.running(folder);
    }

    boolean isRunning() {
        return running().isPresent();
    }

    /// Where it is, or is going to be.
    ///
    /// @param wanted by the operator; null keeps the port of the time before, or takes a free one
    void choosePorts(@Nullable Integer wanted) {
        Map<String, Integer> known = Ports.known(folder);
        boolean fits = known.containsKey("tcp") && (wanted == null || wanted.equals(known.get("clients")));
        if (isRunning() && !fits) {
            throw new IllegalArgumentException("--port: " + wanted + " (expected: " + known.get("clients")
                    + ", where nginx runs, or a cluster that is down)");
        }
        if (isRunning() || (fits && Ports.areFree(known))) {
            return;
        }
        if (wanted != null && !Ports.areFree(Map.of("clients", wanted))) {
            throw new IllegalArgumentException("--port: " + wanted + " is in use (expected: a free one)");
        }
        Ports.keep(folder, Map.of());
        Map<String, Integer> chosen = Ports.choose(folder, List.of("clients", "tcp"));
        if (wanted != null) {
            Ports.keep(folder, Map.of("clients", wanted, "tcp", chosen.getOrDefault("tcp", 0)));
        }
    }

    private int port(String name) {
        Integer port = Ports.known(folder).get(name);
        if (port == null) {
            throw new EngineFailure("nginx was never started in " + folder);
        }
        return port;
    }

    URI http() {
        return URI.create("http://" + HOST + port("clients"));
    }

    URI webSocket() {
        return URI.create("ws://" + HOST + port("clients") + "/ws");
    }

    URI tcp() {
        return URI.create("tcp://" + HOST + port("tcp"));
    }

    /// Serves these nodes from now on, but for those that are down; what is connected stays so.
    ///
    /// @param away a node that is sent nothing new
    void serve(Balance balance, List<FleetNode> nodes, @Nullable FleetNode away) {
        List<NginxText.Upstream> upstreams = nodes.stream()
                .map(node -> new NginxText.Upstream(
                        node.http(),
                        node.webSocket(),
                        node.tcp(),
                        node.equals(away) || node.state() == FleetNode.State.DOWN))
                .toList();
        boolean root = "root".equals(System.getProperty("user.name"));
        var text = new NginxText(folder, port("clients"), port("tcp"), root, upstreams);
        Path file = configurations.resolve(balance.id() + ".conf");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("whole.conf"), text.of(Files.readString(file)));
        } catch (IOException e) {
            throw new EngineFailure("nginx: cannot write " + folder.resolve("whole.conf") + " from " + file, e);
        }
        running().ifPresentOrElse(Front::reload, () -> Engine.NGINX.startDetached(folder));
    }

    /// Returns when only workers that know the new configuration take connections.
    private static void reload(RunningEngine nginx) {
        ProcessHandle master = ProcessHandle.of(nginx.pid())
                .orElseThrow(() -> new EngineFailure("nginx: process " + nginx.pid() + " is gone"));
        List<ProcessHandle> workers = master.children().toList();
        Processes.signal(master, "HUP");
        long until = System.nanoTime() + RELOAD_MS * 1_000_000L;
        while (workers.stream().anyMatch(Front::takesConnections)) {
            if (System.nanoTime() > until) {
                throw new EngineFailure("nginx: no new configuration after " + RELOAD_MS + " ms; see "
                        + nginx.folder().resolve("error.log"));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineFailure("nginx: interrupted", e);
            }
        }
    }

    /// A worker whose time is over keeps its connections and says so in its title.
    private static boolean takesConnections(ProcessHandle worker) {
        try {
            String title = Files.readString(
                    Path.of("/proc", Long.toString(worker.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
            return worker.isAlive() && !title.isEmpty() && !title.contains("shutting down");
        } catch (IOException _) {
            return false;
        }
    }

    void close() {
        running().ifPresent(RunningEngine::close);
    }
}
