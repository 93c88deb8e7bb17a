package io.magpie.server;

import org.springframework.context.ConfigurableApplicationContext;

/// SIGTERM and Ctrl-C: drain, stop, and end with status 0, or with 1 when it takes too long.
final class Shutdown {
    /// For what comes after the drain: finishing commits, closing the store.
    private static final long CLOSING_MS = 10_000;

    private Shutdown() {}

    /// As SIGTERM does. Returns at once.
    static void ask() {
        Thread.ofPlatform().name("drain").start(() -> Runtime.getRuntime().exit(0));
    }

    static void onSignal(ConfigurableApplicationContext context, long drainMs) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("shutdown").unstarted(() -> stop(context, 2 * drainMs + CLOSING_MS)));
    }

    private static void stop(ConfigurableApplicationContext context, long withinMs) {
        Thread.ofPlatform().daemon().name("shutdown-deadline").start(() -> {
            try {
                Thread.sleep(withinMs);
                System.err.println(
                        "magpie: did not stop within " + withinMs + " ms; everything acknowledged is stored");
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        context.close();
        // A signal would end the process with 128 and its number; a clean stop is no failure.
        Runtime.getRuntime().halt(0);
    }
}
