package io.magpie.server;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Node;
import io.magpie.core.cluster.Registry;
import io.magpie.core.upkeep.Chore;
import io.magpie.gateway.GatewayStats;
import io.magpie.server.config.Settings;
import io.magpie.server.tls.Certificates;
import org.jspecify.annotations.Nullable;

/// Tells the other nodes where clients reach this one, in which state it is, and every two seconds how many
/// sessions it has.
final class Announcer implements Chore {
    private static final long EVERY_MS = 2_000;

    private final Settings settings;
    private final Certificates certificates;
    private final Registry registry;
    private final GatewayStats stats;
    private final Incarnation me;
    private @Nullable Node last;

    Announcer(Settings settings, Certificates certificates, Registry registry, GatewayStats stats, Incarnation me) {
        this.settings = settings;
        this.certificates = certificates;
        this.registry = registry;
        this.stats = stats;
        this.me = me;
    }

    /// Others hear of this node, clients not yet.
    void starting() {
        say(new Node(me.node(), me.number(), Node.State.STARTING, "", "", "", 0));
    }

    void up(int realtimePort, int tcpPort) {
        boolean tls = certificates.enabled();
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        String realtime = host + ":" + realtimePort;
        var node = settings.node();
        say(new Node(
                me.node(),
                me.number(),
                Node.State.UP,
                or(node.websocketUrl(), (tls ? "wss://" : "ws://") + realtime + "/ws"),
                or(node.tcpUrl(), (tls ? "tls://" : "tcp://") + host + ":" + tcpPort),
                or(node.socketioUrl(), (tls ? "https://" : "http://") + realtime),
                stats.sessions()));
    }

    synchronized void draining() {
        if (last != null) {
            say(as(last, Node.State.DRAINING));
        }
    }

    private static String or(@Nullable String set, String otherwise) {
        return set == null ? otherwise : set;
    }

    private Node as(Node node, Node.State state) {
        return new Node(
                node.id(), node.incarnation(), state, node.websocket(), node.tcp(), node.socketio(), stats.sessions());
    }

    private synchronized void say(Node node) {
        last = node;
        registry.announce(node);
    }

    @Override
    public String name() {
        return "announcing how many sessions there are";
    }

    @Override
    public synchronized long next() {
        if (last != null) {
            say(as(last, last.state()));
        }
        return EVERY_MS;
    }
}
