package io.magpie.bench;

import io.magpie.bench.target.Address;
import io.magpie.bench.target.Magpie;
import io.magpie.bench.target.MagpieApi;
import io.magpie.bench.target.MagpieProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The Magpie server a command works with: the one that `--server` names, or one of its own.
final class ServerChoice {
    static final Set<String> OPTIONS = Set.of("server", "pid", "jwt-secret", "set", "magpie");

    private final Options options;
    private final Path work;

    /// @param work a temporary folder for data and log
    ServerChoice(Options options, Path work) {
        this.options = options;
        this.work = work;
    }

    Magpie open() throws IOException, InterruptedException {
        String server = options.text("server");
        return server == null ? start() : connect(server);
    }

    private Magpie start() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(MagpieProcess.wideLimits());
        options.all("set").forEach(set -> arguments.addAll(List.of("--set", set)));
        String launcher = options.text("magpie", "./magpie");
        return new MagpieProcess(
                        List.of(launcher, "serve"),
                        work.resolve("data"),
                        arguments,
                        work.resolve("magpie.log"),
                        new SecureRandom(),
                        InstantSource.system())
                .start();
    }

    private Magpie connect(String server) {
        String secret = options.text("jwt-secret");
        if (secret == null) {
            throw new IllegalArgumentException("--jwt-secret: missing (expected: the server's auth.jwt.secret)");
        }
        Address http = Address.parse(server.replaceFirst("^http://", "").replaceFirst("/$", ""));
        int pid = options.number("pid", 0, 0, Integer.MAX_VALUE);
        Magpie asker = Magpie.running(http, http, pid, secret, InstantSource.system());
        Address realtime = new MagpieApi(http).realtime(asker.token("bench-0", "Bench 0"));
        return Magpie.running(http, realtime, pid, secret, InstantSource.system());
    }
}
