package io.magpie.gateway.echo;

import java.util.function.Function;

/// Runs an echo server until the process is stopped.
final class EchoMain {
    private EchoMain() {}

    static void run(String[] arguments, Function<EchoSettings, EchoServer> start) {
        EchoSettings settings;
        try {
            settings = EchoSettings.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("magpie: " + e.getMessage());
            System.exit(2);
            return;
        }
        try (var server = start.apply(settings)) {
            System.out.println("listening on http://localhost:" + server.port());
            server.awaitClose();
        }
    }
}
