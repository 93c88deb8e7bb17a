package io.magpie.gateway;

import io.magpie.core.session.CommandHandler;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Fresh sockets of all ports: each is counted, gets its connection, and TLS where there is a certificate.
final class Arrivals {
    private final GatewaySettings settings;
    private final CommandHandler handler;
    private final GatewayStats stats;
    private final @Nullable Tls tls;
    private final ConnectionLimits limits;

    Arrivals(GatewaySettings settings, CommandHandler handler, GatewayStats stats, @Nullable Tls tls) {
        this.settings = settings;
        this.handler = handler;
        this.stats = stats;
        this.tls = tls;
        this.limits = new ConnectionLimits(settings.admission());
    }

    /// The connection of a socket, its pipeline empty but for "tls" and "traffic". On the lane. Null if the socket is
    /// disconnected already, so that nobody is there to be served.
    @Nullable
    ClientConnection arrive(Channel channel, LoopLane lane) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            var _ = channel.close();
            return null;
        }
        var connection = new ClientConnection(channel, remote.getAddress(), lane, settings, handler, stats);
        limits.opened(remote.getAddress());
        stats.connected();
        lane.add(connection);
        var _ = channel.closeFuture().addListener(_ -> {
            limits.closed(connection.peer());
            connection.gone();
        });
        if (tls != null) {
            channel.pipeline().addLast("tls", tls.handler());
        }
        channel.pipeline().addLast("traffic", new Traffic(connection, lane));
        return connection;
    }

    /// Counts a connection that a trusted proxy brings to the client behind it.
    void comesFrom(ClientConnection connection, InetAddress client) {
        limits.moved(connection.peer(), client);
        connection.comesFrom(client);
    }

    /// Whether there are too many sockets, in total or of this address.
    boolean exceededBy(InetAddress address) {
        return limits.exceededBy(address);
    }

    /// Whether there are too many connections, this one included.
    boolean exceededBy(ClientConnection connection) {
        return limits.exceededBy(connection.peer());
    }
}
