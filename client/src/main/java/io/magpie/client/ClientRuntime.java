package io.magpie.client;

import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/// What the clients of a process share: one HTTP client, one timer thread, one executor. A client needs no
/// thread of its own, so there may be thousands.
///
/// @param executor runs the clients' work and their listeners, which may block
/// @param random safe for use by many threads
public record ClientRuntime(
        Function<Protocol, Transport> transports,
        Timer timer,
        Executor executor,
        InstantSource clock,
        RandomGenerator random,
        Runnable stop)
        implements AutoCloseable {

    /// Daemon threads and virtual threads only.
    public static ClientRuntime start() {
        return start(Trust.usual());
    }

    /// @param trust whom to believe where TLS is spoken
    public static ClientRuntime start(SSLContext trust) {
        ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("magpie-client-", 0).factory());
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("magpie-client-timer").daemon().factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        HttpClient http =
                HttpClient.newBuilder().executor(executor).sslContext(trust).build();
        Transport json = WebSocketTransport.json(http);
        Transport protobuf = WebSocketTransport.protobuf(http);
        TcpTransport tcp = new TcpTransport(executor, trust);
        return new ClientRuntime(
                protocol -> switch (protocol) {
                    case JSON -> json;
                    case PROTOBUF -> protobuf;
                    case TCP -> tcp;
                },
                (delay, task) -> schedule(timer, delay.toNanos(), task),
                executor,
                InstantSource.system(),
                new SecureRandom(),
                () -> {
                    timer.shutdownNow();
                    http.shutdownNow();
                    tcp.close();
                });
    }

    private static void schedule(ScheduledThreadPoolExecutor timer, long nanos, Runnable task) {
        if (!timer.isShutdown()) {
            var _ = timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /// Stops the timer and every connection; close the clients first.
    @Override
    public void close() {
        stop.run();
    }
}
