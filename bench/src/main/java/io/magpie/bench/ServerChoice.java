package io.magpie.bench;

import io.magpie.bench.dialect.MagpieAccounts;
import io.magpie.bench.target.Address;
import io.magpie.bench.target.JwtAccounts;
import io.magpie.bench.target.Magpie;
import io.magpie.bench.target.MagpieApi;
import io.magpie.bench.target.MagpieProcess;
import io.magpie.bench.target.MagpieServer;
import io.magpie.bench.target.PasswordAccounts;
import io.magpie.bench.target.Prefill;
import io.magpie.bench.target.Say;
import io.magpie.bench.target.Transport;
import io.magpie.cluster.command.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The Magpie server a command works with: the one that `--server` names, or one of its own.
final class ServerChoice {
    /// Where a node of a cluster lets people in; repeatable.
    static final String WEBSOCKET = "websocket";

    static final Set<String> OPTIONS = Set.of("server", "pid", "jwt-secret", "set", "magpie");

    /// Longer than the first start's side work, the cache of classes, takes.
    private static final int CACHE_SECONDS = 240;

    private final Options options;
    private final Path work;

    /// @param work a temporary folder for data and log
    ServerChoice(Options options, Path work) {
        this.options = options;
        this.work = work;
    }

    boolean isRunning() {
        return options.text("server") != null;
    }

    /// For commands that need to know its secret: one per `--websocket`, or the only one.
    List<Magpie> open() throws IOException, InterruptedException {
        String server = options.text("server");
        if (server == null) {
            return List.of(process(work.resolve("data"), "magpie").start());
        }
        String secret = options.text("jwt-secret");
        if (secret == null) {
            throw new IllegalArgumentException("--jwt-secret: missing (expected: the server's auth.jwt.secret)");
        }
        List<Address> doors =
                options.all(WEBSOCKET).stream().map(ServerChoice::door).toList();
        return doors.isEmpty()
                ? List.of(running(server, secret))
                : doors.stream()
                        .map(door -> Magpie.running(address(server), door, secret, InstantSource.system()))
                        .toList();
    }

    private static Address door(String webSocket) {
        return Address.parse(webSocket.replaceFirst("^ws://", "").replaceFirst("/.*$", ""));
    }

    private static Magpie running(String server, String secret) {
        Address http = address(server);
        Magpie asker = Magpie.running(http, http, secret, InstantSource.system());
        Address realtime = new MagpieApi(http).realtime(asker.token("bench-0", "Bench 0"));
        return Magpie.running(http, realtime, secret, InstantSource.system());
    }

    private static Address address(String server) {
        return Address.parse(server.replaceFirst("^http://", "").replaceFirst("/$", ""));
    }

    /// To be put under load.
    ///
    /// @param stored entries it holds before it starts
    /// @param users whose past that is
    MagpieServer load(Transport transport, long stored, int users, Say say) throws IOException, InterruptedException {
        String server = options.text("server");
        if (server != null) {
            return connect(server, transport);
        }
        Path data = Files.createTempDirectory(work, "data");
        String note = stored == 0 ? "" : "-stored";
        if (stored > 0) {
            Prefill.run(data, users, stored, say);
        }
        MagpieServer started = MagpieServer.start(
                process(data, data.getFileName().toString()), transport, note, InstantSource.system());
        awaitCache(say);
        return started;
    }

    private MagpieServer connect(String server, Transport transport) {
        Address http = address(server);
        String secret = options.text("jwt-secret");
        MagpieAccounts accounts =
                secret == null ? new PasswordAccounts(http) : new JwtAccounts(running(server, secret));
        accounts.prepare(1);
        int pid = options.number("pid", 0, 0, Integer.MAX_VALUE);
        return MagpieServer.running(http, accounts, accounts.token(0), pid, transport, InstantSource.system());
    }

    MagpieProcess process(Path data, String log) {
        List<String> arguments = new ArrayList<>(MagpieProcess.wideLimits());
        options.all("set").forEach(set -> arguments.addAll(List.of("--set", set)));
        return new MagpieProcess(
                List.of(launcher(), "serve"),
                data,
                arguments,
                work.resolve(log + ".log"),
                new SecureRandom(),
                InstantSource.system());
    }

    private String launcher() {
        return options.text("magpie", "./magpie");
    }

    /// The first start makes a cache of classes beside itself, and that would be measured, too.
    void awaitCache(Say say) throws InterruptedException {
        Path root = Path.of(launcher()).toAbsolutePath().getParent();
        Path training = root == null ? null : root.resolve("server/target/aot-data");
        Thread.sleep(300);
        for (int second = 0; exists(training) && second < CACHE_SECONDS; second++) {
            say.line("waiting for the first start's cache of classes");
            Thread.sleep(1000);
        }
    }

    private static boolean exists(@Nullable Path path) {
        return path != null && Files.exists(path);
    }
}
