package io.magpie.bench.target;

import io.magpie.bench.wire.Jwt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Starts, kills and restarts one Magpie server on one data folder, always with the same secret.
public final class MagpieProcess implements AutoCloseable {
    private static final int READY_SECONDS = 600;

    private final List<String> command;
    private final Path log;
    private final String secret;
    private final InstantSource clock;
    private @Nullable Child child;

    /// @param launcher the command before its arguments, as in `./magpie serve`
    /// @param data the data folder
    /// @param arguments more of them
    public MagpieProcess(
            List<String> launcher,
            Path data,
            List<String> arguments,
            Path log,
            RandomGenerator random,
            InstantSource clock) {
        this.log = log;
        this.clock = clock;
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.secret = HexFormat.of().formatHex(bytes);
        this.command = new ArrayList<>(launcher);
        command.addAll(List.of("--data", data.toString()));
        command.addAll(List.of("--http-port", "0", "--realtime-port", "0", "--tcp-port", "0"));
        command.addAll(List.of("--set", "auth.jwt.secret=" + secret));
        command.addAll(arguments);
    }

    /// What lets a load through that no people would make.
    public static List<String> wideLimits() {
        return List.of(
                "--set", "limits.sendsPerSecond=1000000",
                "--set", "limits.sendBurst=1000000",
                "--set", "limits.connectionsPerAddress=100000");
    }

    /// Returns when it serves.
    public Magpie start() throws IOException, InterruptedException {
        Child started = Child.start("magpie", command, null, log, READY_SECONDS);
        child = started;
        Magpie.Doors doors = new Magpie.Doors(
                Address.parse(started.address("http")),
                Address.parse(started.address("realtime")),
                Address.parse(started.address("tcp")));
        return new Magpie(doors, new Jwt(secret), new ProcessUsage(started.pid(), true), this, clock);
    }

    /// Of the server while it runs.
    long pid() {
        Child running = child;
        if (running == null) {
            throw new IllegalStateException("magpie does not run");
        }
        return running.pid();
    }

    /// SIGKILL. Returns when it is dead.
    public void kill() throws InterruptedException {
        Child running = child;
        if (running != null) {
            child = null;
            running.destroy();
        }
    }

    @Override
    public void close() {
        Child running = child;
        if (running != null) {
            child = null;
            running.close();
        }
    }
}
