package io.magpie.e2e.harness;

import io.magpie.cluster.Launch;
import io.magpie.server.MagpieServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How the tests start a server: from their own class path, with a cache of loaded classes, which halves the work of
/// each start. The first test that needs the cache makes it; others wait.
public final class TestServer {
    private static final Path OWN = Path.of("target").toAbsolutePath();
    private static final Path CACHE = OWN.resolve("server.aot");

    /// What servers load whose history is sharded.
    private static final Path SHARDING =
            Path.of("..", "adapters", "sharding", "target").toAbsolutePath().normalize();

    private static final String MAIN = MagpieServer.class.getName();

    private TestServer() {}

    /// As it is shipped.
    public static Launch launch() {
        return Cached.LAUNCH.with("-Dmagpie.sharding=" + SHARDING);
    }

    /// With what the tests add to it: faults, by profile.
    public static Launch launchWithFaults() {
        return Launch.classPath(System.getProperty("java.class.path"), MAIN);
    }

    private static final class Cached {
        static final Launch LAUNCH = make();

        /// Classes that are not in jars cannot be cached: those of the tests are left out, others leave it at that.
        private static Launch make() {
            List<Path> all = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .map(Path::of)
                    .toList();
            if (!all.stream().allMatch(entry -> Files.isRegularFile(entry) || entry.startsWith(OWN))) {
                return launchWithFaults();
            }
            List<Path> jars = all.stream().filter(Files::isRegularFile).toList();
            var launch = Launch.classPath(
                    jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), MAIN);
            try (var channel = FileChannel.open(
                            OWN.resolve("server.aot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!fits(jars)) {
                    train(launch);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the cache of classes was made", e);
            }
            return launch.with("-XX:AOTCache=" + CACHE, "-Xlog:aot=off", "-Xlog:cds=off");
        }

        /// The JVM ignores a cache that was made for other jars.
        private static boolean fits(List<Path> jars) {
            long made = CACHE.toFile().lastModified();
            return jars.stream().allMatch(jar -> jar.toFile().lastModified() < made);
        }

        /// A server that ends as soon as it could serve.
        private static void train(Launch launch) throws IOException, InterruptedException {
            Path data = Files.createTempDirectory("magpie-aot-");
            Path made = OWN.resolve("server.aot.new");
            List<String> command =
                    new ArrayList<>(launch.with("-XX:AOTCacheOutput=" + made, "-Dspring.context.exit=onRefresh")
                            .command());
            command.addAll(List.of("--data", data.toString(), "--config", "/dev/null"));
            command.addAll(List.of("--http-port", "0", "--realtime-port", "0", "--tcp-port", "0"));
            Path log = OWN.resolve("server.aot.log");
            int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("no cache of classes: " + Files.readString(log));
            }
            Files.move(made, CACHE, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
