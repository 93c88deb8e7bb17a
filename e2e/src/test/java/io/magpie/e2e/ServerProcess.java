package io.magpie.e2e;

import io.magpie.bench.target.Magpie;
import io.magpie.bench.target.MagpieProcess;
import io.magpie.server.MagpieServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The real server in a process of its own, on free ports and one data folder over all its lives.
final class ServerProcess implements AutoCloseable {
    private final MagpieProcess process;
    private volatile @Nullable Magpie running;

    /// @param folder for its data and its log
    ServerProcess(Path folder, String... arguments) {
        this.process = new MagpieProcess(
                launcher(),
                folder.resolve("data"),
                List.of(arguments),
                folder.resolve("server.log"),
                new Random(),
                InstantSource.system());
    }

    /// The command that serves, before its arguments.
    static List<String> launcher() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                MagpieServer.class.getName());
    }

    Magpie start() throws IOException, InterruptedException {
        Magpie started = process.start();
        running = started;
        return started;
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        running = null;
        process.kill();
    }

    /// Where clients connect now; fails while it is dead.
    CompletableFuture<URI> webSocket() {
        Magpie now = running;
        return now == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the server is dead"))
                : CompletableFuture.completedFuture(URI.create("ws://" + now.realtime() + "/ws"));
    }

    @Override
    public void close() {
        process.close();
    }
}
