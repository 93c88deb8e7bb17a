package io.magpie.cluster;

import io.magpie.engines.EngineFailure;
import io.magpie.engines.Log;
import io.magpie.engines.PidFile;
import io.magpie.engines.Ports;
import io.magpie.engines.Processes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One node: a process that can be killed, frozen, drained and started again, always on the same ports and data.
///
/// **Thread.** Any; calls that start and stop it take turns and block until it is so.
public final class FleetNode {
    private static final String HOST = "127.0.0.1";
    private static final List<String> DOORS = List.of("http", "realtime", "tcp");
    private static final int READY_SECONDS = 180;
    private static final int STOP_SECONDS = 30;
    private static final int ATTEMPTS = 3;

    private final String id;
    private final Path folder;
    private final Plan plan;
    private final Launch launch;
    private final Supplier<List<String>> settings;
    private final Collection<Cable> cables;
    private volatile Map<String, Integer> ports;
    private volatile boolean paused;

    /// What a node is doing, as far as its process shows it.
    public enum State {
        UP,
        PAUSED,
        DOWN
    }

    /// @param settings asked at every start, as engines may have moved
    FleetNode(
            String id,
            Path folder,
            Plan plan,
            Launch launch,
            Supplier<List<String>> settings,
            Collection<Cable> cables) {
        this.id = id;
        this.folder = folder;
        this.plan = plan;
        this.launch = launch;
        this.settings = settings;
        this.cables = List.copyOf(cables);
        this.ports = Ports.known(folder);
    }

    public String id() {
        return id;
    }

    public URI http() {
        return URI.create("http://" + HOST + ":" + port("http"));
    }

    /// Where clients open their WebSocket.
    public URI webSocket() {
        return URI.create("ws://" + HOST + ":" + port("realtime") + "/ws");
    }

    public URI tcp() {
        return URI.create("tcp://" + HOST + ":" + port("tcp"));
    }

    private int port(String door) {
        Integer port = ports.get(door);
        if (port == null) {
            throw new IllegalStateException(id + " was never started");
        }
        return port;
    }

    public Path log() {
        return folder.resolve("server.log");
    }

    public Path data() {
        return folder.resolve("data");
    }

    public State state() {
        return process().isEmpty() ? State.DOWN : paused ? State.PAUSED : State.UP;
    }

    /// Of its process, 0 while it is down.
    public long pid() {
        return process().map(ProcessHandle::pid).orElse(0L);
    }

    private Optional<ProcessHandle> process() {
        return PidFile.read(pidFile());
    }

    private Path pidFile() {
        return folder.resolve("server.pid");
    }

    /// Returns when it serves; nothing happens if it does already.
    public synchronized void start() {
        if (process().isPresent()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            choosePorts();
            try {
                launch();
                return;
            } catch (EngineFailure e) {
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("in use")) {
                    throw e;
                }
                ports = Map.of();
            }
        }
    }

    private void choosePorts() {
        try {
            shareFiles();
        } catch (IOException e) {
            throw new EngineFailure("cannot make " + folder, e);
        }
        if (ports.isEmpty()) {
            ports = Ports.choose(folder, DOORS);
        }
    }

    /// What people upload to one node is read from the others, so all have one folder for it.
    private void shareFiles() throws IOException {
        Path shared = plan.folder().resolve("files");
        Path own = data().resolve("files");
        Files.createDirectories(shared);
        Files.createDirectories(data());
        if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(own, data().relativize(shared));
        }
    }

    private void launch() {
        long from = Log.size(log());
        paused = false;
        ProcessHandle process =
                Processes.start("server", command(), environment(), folder, plan.lifetime() == Plan.Lifetime.DETACHED);
        PidFile.write(pidFile(), process);
        long until = System.nanoTime() + READY_SECONDS * 1_000_000_000L;
        while (!Log.since(log(), from).contains("\nready http=")) {
            if (!process.isAlive()) {
                throw new EngineFailure("%s ended before it was ready%n%s".formatted(id, Log.tail(log(), from)));
            }
            if (System.nanoTime() > until) {
                Processes.kill(process);
                throw new EngineFailure(
                        "%s is not ready after %d s%n%s".formatted(id, READY_SECONDS, Log.tail(log(), from)));
            }
            pause(50);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(launch.command());
        command.addAll(List.of("--config", "/dev/null", "--host", HOST, "--data", data().toString()));
        command.addAll(List.of("--http-port", Integer.toString(port("http"))));
        command.addAll(List.of("--realtime-port", Integer.toString(port("realtime"))));
        command.addAll(List.of("--tcp-port", Integer.toString(port("tcp"))));
        sets().filter(set -> !isSecret(set)).forEach(set -> command.addAll(List.of("--set", set)));
        return command;
    }

    /// What nobody else on the machine may read: commands are seen by all.
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        sets().filter(FleetNode::isSecret).forEach(set -> {
            int equals = set.indexOf('=');
            String name = set.substring(0, equals).toUpperCase(Locale.ROOT).replace('.', '_');
            environment.put("MAGPIE_" + name, set.substring(equals + 1));
        });
        return environment;
    }

    private static boolean isSecret(String set) {
        return set.startsWith("auth.") && set.indexOf('=') > 0;
    }

    private Stream<String> sets() {
        List<String> sets = new ArrayList<>(List.of("node.id=" + id, "auth.jwt.secret=" + plan.secret()));
        sets.addAll(settings.get());
        sets.addAll(plan.settings());
        return sets.stream();
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineFailure("interrupted while a node starts", e);
        }
    }

    /// SIGKILL, as a power cut would. Returns when it is dead.
    public synchronized void kill() {
        process().ifPresent(Processes::kill);
        forget();
    }

    /// SIGTERM, as an operator would. Returns when it has told its clients and ended; kills what does not.
    public synchronized void drain() {
        process().ifPresent(process -> {
            Processes.signal(process, "TERM");
            // One that is frozen hears nothing else.
            Processes.signal(process, "CONT");
            if (!Processes.awaitExit(process, STOP_SECONDS)) {
                Processes.kill(process);
            }
        });
        forget();
    }

    private void forget() {
        paused = false;
        PidFile.delete(pidFile());
    }

    /// Ends it as [#drain] does and starts it again.
    public synchronized void restart() {
        drain();
        start();
    }

    /// Freezes it (SIGSTOP): its connections stay open and nothing answers.
    public synchronized void pause() {
        process().ifPresent(process -> {
            Processes.signal(process, "STOP");
            paused = true;
        });
    }

    public synchronized void resume() {
        process().ifPresent(process -> Processes.signal(process, "CONT"));
        paused = false;
    }

    /// Takes away its network to all engines that have a cable; see [Plan#cables].
    public void cut() {
        cables.forEach(Cable::cut);
    }

    public void heal() {
        cables.forEach(Cable::heal);
    }

    /// Whether [#cut] does anything.
    public boolean canBeCut() {
        return !cables.isEmpty();
    }
}
