package io.magpie.server;

import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import io.magpie.core.dispatch.Dispatcher;
import io.magpie.core.limit.TrustedProxies;
import io.magpie.gateway.Gateway;
import io.magpie.gateway.GatewaySettings;
import io.magpie.gateway.GatewayStats;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.server.config.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The realtime port: the last to open, when all behind it serves, and the first to close. Closing lets every client
/// know, spread over a time that grows with their number.
@Component
final class Doors implements SmartLifecycle {
    /// Longer than the gateway gives a client to take its last frames.
    private static final long LEAST_DRAIN_MS = 2_500;

    private static final long DRAIN_MS_PER_SESSION = 2;

    private final Settings settings;
    private final Dispatcher dispatcher;
    private final JsonCodec codec;
    private final GatewayStats stats;
    private final ServletWebServerApplicationContext web;
    private final Registry registry;
    private final long incarnation;
    private volatile @Nullable Gateway gateway;

    Doors(
            Settings settings,
            Dispatcher dispatcher,
            JsonCodec codec,
            GatewayStats stats,
            ServletWebServerApplicationContext web,
            Registry registry,
            InstantSource clock) {
        this.settings = settings;
        this.dispatcher = dispatcher;
        this.codec = codec;
        this.stats = stats;
        this.web = web;
        this.registry = registry;
        this.incarnation = clock.millis();
    }

    @Override
    public void start() {
        try {
            gateway = Gateway.start(gatewaySettings(), dispatcher, codec, stats);
        } catch (IOException e) {
            throw new StartException(
                    StartFailure.inUse("realtime.port", settings.realtime().port(), "--realtime-port"), e);
        }
        announce(Node.State.UP);
    }

    private void announce(Node.State state) {
        String realtime = settings.host() + ":" + realtimePort();
        registry.announce(new Node(
                settings.node().id(),
                incarnation,
                state,
                "ws://" + realtime + "/ws",
                "",
                "http://" + realtime,
                stats.sessions()));
    }

    private GatewaySettings gatewaySettings() {
        var defaults = GatewaySettings.defaults();
        var limits = settings.limits();
        var liveness = defaults.liveness();
        return new GatewaySettings(
                settings.host(),
                settings.realtime().port(),
                defaults.eventLoops(),
                limits.frameBytes(),
                new GatewaySettings.Admission(
                        limits.connections(),
                        limits.connectionsPerAddress(),
                        Set.copyOf(settings.realtime().origins()),
                        new TrustedProxies(settings.http().trustedProxies())),
                new GatewaySettings.Liveness(
                        Duration.ofMillis(settings.realtime().heartbeatMs()),
                        liveness.helloTimeout(),
                        liveness.ackTimeout(),
                        liveness.probeAnswer(),
                        liveness.closeGrace()),
                defaults.slowReaders());
    }

    @Override
    public void stop() {
        Gateway open = gateway;
        if (open != null) {
            announce(Node.State.DRAINING);
            gateway = null;
            long neededMs = LEAST_DRAIN_MS + DRAIN_MS_PER_SESSION * stats.sessions();
            open.drain(Duration.ofMillis(Math.min(neededMs, settings.node().drainMs())));
            open.close();
        }
    }

    @Override
    public boolean isRunning() {
        return gateway != null;
    }

    /// After Tomcat's start, before its stop.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    int httpPort() {
        var server = web.getWebServer();
        if (server == null) {
            throw new IllegalStateException("the HTTP port is not open");
        }
        return server.getPort();
    }

    int realtimePort() {
        Gateway open = gateway;
        if (open == null) {
            throw new IllegalStateException("the realtime port is not open");
        }
        return open.address().getPort();
    }
}
