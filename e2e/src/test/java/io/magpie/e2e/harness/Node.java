package io.magpie.e2e.harness;

import io.magpie.bench.target.Address;
import io.magpie.bench.target.Child;
import io.magpie.bench.wire.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server as a process on a data folder of its own; it can be stopped, killed and started again on the same data.
public final class Node implements AutoCloseable {
    private static final String SECRET = "a secret of the tests, thirty-two bytes or more";
    private static final int READY_SECONDS = 120;

    private final Path folder;
    private List<String> command;
    private final List<Path> logs = new ArrayList<>();
    private final Jwt jwt = new Jwt(SECRET);
    private volatile @Nullable Child child;
    private Address http = new Address("", 0);
    private Address realtime = new Address("", 0);
    private Address tcp = new Address("", 0);

    private Node(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    /// One that serves.
    ///
    /// @param folder for its data and logs
    /// @param settings as `key=value`
    public static Node started(Path folder, String... settings) throws IOException, InterruptedException {
        return started(List.of(), folder, settings);
    }

    /// @param before goes before the command, as in `nice -n 5`
    public static Node started(List<String> before, Path folder, String... settings)
            throws IOException, InterruptedException {
        return started(before, List.of(), 0, folder, settings);
    }

    /// One that follows every buffer; a lost one is among its [#errors].
    public static Node watched(Path folder) throws IOException, InterruptedException {
        return started(
                List.of(),
                List.of("-Dio.netty.leakDetection.level=paranoid", "-Dio.netty.leakDetection.targetRecords=0"),
                0,
                folder);
    }

    /// @param realtimePort the same over all its lives, for clients that come back where they were
    public static Node started(int realtimePort, Path folder, String... settings)
            throws IOException, InterruptedException {
        return started(List.of(), List.of(), realtimePort, folder, settings);
    }

    private static Node started(
            List<String> before, List<String> options, int realtimePort, Path folder, String... settings)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(launcher(options));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        command.addAll(
                List.of("--http-port", "0", "--realtime-port", Integer.toString(realtimePort), "--tcp-port", "0"));
        List<String> sets = new ArrayList<>(List.of("auth.jwt.secret=" + SECRET));
        // People of the tests type faster than people do.
        sets.addAll(List.of("limits.sendsPerSecond=1000000", "limits.sendBurst=1000000"));
        sets.addAll(List.of(settings));
        sets.forEach(set -> command.addAll(List.of("--set", set)));
        var node = new Node(folder, List.copyOf(command));
        node.start();
        return node;
    }

    /// The command that serves, before its arguments.
    ///
    /// @param options of the JVM
    public static List<String> launcher(List<String> options) {
        return TestServer.launch().with(options.toArray(String[]::new)).command();
    }

    /// Returns when it serves.
    public void start() throws IOException, InterruptedException {
        Path log = folder.resolve("server-" + logs.size() + ".log");
        logs.add(log);
        var started = Child.start("magpie", command, folder, log, READY_SECONDS);
        child = started;
        http = Address.parse(started.address("http"));
        realtime = Address.parse(started.address("realtime"));
        tcp = Address.parse(started.address("tcp"));
    }

    /// As [#start], on the addresses of the life before.
    public void startAgain() throws IOException, InterruptedException {
        var same = new ArrayList<>(command);
        same.set(same.indexOf("--http-port") + 1, Integer.toString(http.port()));
        same.set(same.indexOf("--realtime-port") + 1, Integer.toString(realtime.port()));
        same.set(same.indexOf("--tcp-port") + 1, Integer.toString(tcp.port()));
        command = List.copyOf(same);
        start();
    }

    /// SIGTERM, as an operator would. Returns when it has ended.
    public void stop() {
        running().close();
        child = null;
    }

    /// SIGKILL. Returns when it is dead.
    public void kill() throws InterruptedException {
        running().destroy();
        child = null;
    }

    private Child running() {
        Child current = child;
        if (current == null) {
            throw new IllegalStateException("the server does not run");
        }
        return current;
    }

    public Address http() {
        running();
        return http;
    }

    public Address realtime() {
        running();
        return realtime;
    }

    public Address tcp() {
        running();
        return tcp;
    }

    public long pid() {
        return running().pid();
    }

    public Path data() {
        return folder.resolve("data");
    }

    /// A token of the user `subject`; its first use makes the account.
    public String token(String subject) {
        Instant now = Instant.now();
        return jwt.token(subject, subject, now.minusSeconds(5), now.plus(Duration.ofHours(2)));
    }

    /// The HTTP API as this user.
    public Api api(String token) {
        return new Api(http(), token);
    }

    /// All that it has printed and logged in this life.
    public String log() {
        try {
            return Files.readString(logs.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it has logged as an error so far.
    public List<String> errors() {
        try {
            List<String> errors = new ArrayList<>();
            for (Path log : logs) {
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"))
                        .forEach(errors::add);
            }
            return errors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (child != null) {
            stop();
        }
    }
}
