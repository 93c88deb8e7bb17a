package io.magpie.server;

import io.magpie.core.cluster.Node;
import io.magpie.core.dispatch.Dispatcher;
import io.magpie.core.limit.TrustedProxies;
import io.magpie.core.node.Placement;
import io.magpie.gateway.Gateway;
import io.magpie.gateway.GatewaySettings;
import io.magpie.gateway.GatewayStats;
import io.magpie.gateway.PortTakenException;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.server.config.Settings;
import io.magpie.server.tls.Certificates;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The ports of clients: the last to open, when all behind it serves, and the first to close. Closing lets
/// every client know, spread over a time that grows with their number.
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
    private final Certificates certificates;
    private final Announcer announcer;
    private final Placement placement;
    private volatile @Nullable Gateway gateway;

    Doors(
            Settings settings,
            Dispatcher dispatcher,
            JsonCodec codec,
            GatewayStats stats,
            ServletWebServerApplicationContext web,
            Certificates certificates,
            Announcer announcer,
            Placement placement) {
        this.settings = settings;
        this.dispatcher = dispatcher;
        this.codec = codec;
        this.stats = stats;
        this.web = web;
        this.certificates = certificates;
        this.announcer = announcer;
        this.placement = placement;
    }

    @Override
    public void start() {
        try {
            gateway = Gateway.start(
                    gatewaySettings(), dispatcher, codec, stats, certificates.enabled() ? certificates::context : null);
        } catch (PortTakenException e) {
            throw new StartException(StartFailure.inUse(e.port() + ".port", e.number(), "--" + e.port() + "-port"), e);
        } catch (IOException e) {
            throw new StartException("the ports of clients cannot be opened: " + e.getMessage(), e);
        }
        announcer.up(realtimePort(), tcpPort());
    }

    private GatewaySettings gatewaySettings() {
        var defaults = GatewaySettings.defaults();
        var limits = settings.limits();
        var liveness = defaults.liveness();
        return new GatewaySettings(
                settings.host(),
                settings.realtime().port(),
                settings.tcp().port(),
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
            announcer.draining();
            gateway = null;
            long neededMs = LEAST_DRAIN_MS + DRAIN_MS_PER_SESSION * stats.sessions();
            open.drain(
                    Duration.ofMillis(Math.min(neededMs, settings.node().drainMs())),
                    () -> placement.elsewhere().map(Node::websocket).orElse(null));
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
        return open().address().getPort();
    }

    int tcpPort() {
        return open().tcpAddress().getPort();
    }

    private Gateway open() {
        Gateway open = gateway;
        if (open == null) {
            throw new IllegalStateException("the ports of clients are not open");
        }
        return open;
    }
}
