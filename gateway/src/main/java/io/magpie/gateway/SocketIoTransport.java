package io.magpie.gateway;

import io.magpie.core.limit.TrustedProxies;
import io.magpie.core.session.CommandHandler;
import io.magpie.gateway.engineio.EngineChannel;
import io.magpie.gateway.engineio.EngineHost;
import io.magpie.gateway.engineio.EngineHttp;
import io.magpie.gateway.engineio.EngineServer;
import io.magpie.gateway.engineio.EngineSettings;
import io.magpie.gateway.engineio.Opening;
import io.magpie.gateway.socketio.Namespaces;
import io.magpie.gateway.socketio.SocketIoDecoder;
import io.magpie.gateway.socketio.SocketPacket;
import io.magpie.protocol.json.JsonCodec;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Socket.IO on the realtime port. A session of Engine.IO is a channel, so it is a connection like any other; the
/// method that lists handlers is its whole pipeline.
final class SocketIoTransport implements EngineHost {
    private static final String PATH = "/socket.io";

    private final GatewaySettings settings;
    private final CommandHandler handler;
    private final JsonCodec codec;
    private final GatewayStats stats;
    private final Arrivals sockets;
    private final ConnectionLimits sessions;
    private final Map<EventExecutor, LoopLane> lanes;
    private final EngineServer engine;
    private volatile boolean accepting = true;

    SocketIoTransport(
            GatewaySettings settings,
            CommandHandler handler,
            JsonCodec codec,
            GatewayStats stats,
            Arrivals sockets,
            Map<EventExecutor, LoopLane> lanes) {
        this.settings = settings;
        this.handler = handler;
        this.codec = codec;
        this.stats = stats;
        this.sockets = sockets;
        this.sessions = new ConnectionLimits(settings.admission());
        this.lanes = lanes;
        this.engine = new EngineServer(engineSettings(settings), this);
    }

    // Together less than two heartbeats, after which a silent connection is closed anyway.
    private static EngineSettings engineSettings(GatewaySettings settings) {
        Duration heartbeat = settings.liveness().heartbeat();
        return new EngineSettings(
                heartbeat.multipliedBy(5).dividedBy(6),
                heartbeat.multipliedBy(2).dividedBy(3),
                settings.maxFrameBytes(),
                settings.liveness().helloTimeout(),
                settings.liveness().closeGrace(),
                settings.admission().allowedOrigins());
    }

    static boolean serves(String uri) {
        int query = uri.indexOf('?');
        var path = query < 0 ? uri : uri.substring(0, query);
        return path.equals(PATH) || path.equals(PATH + "/");
    }

    /// The handler of a socket.
    EngineHttp http() {
        return new EngineHttp(engine);
    }

    /// No session begins any more.
    void stopAccepting() {
        accepting = false;
    }

    // A session is counted beside its sockets, because it can be without one.
    @Override
    public boolean admits(Opening opening) {
        var client = client(opening);
        sessions.opened(client);
        if (accepting && !sockets.exceededBy(client) && !sessions.exceededBy(client)) {
            return true;
        }
        sessions.closed(client);
        return false;
    }

    /// Behind a trusted proxy one socket may bring many clients, so this is for one request at a time.
    private InetAddress client(Opening opening) {
        return settings.admission()
                .proxies()
                .client(opening.peer(), opening.headers().getAll(TrustedProxies.HEADER));
    }

    @Override
    public Executor lane(EventLoop loop) {
        return laneOf(loop)::execute;
    }

    private LoopLane laneOf(EventLoop loop) {
        var lane = lanes.get(loop);
        if (lane == null) {
            throw new IllegalStateException("an event loop without a lane");
        }
        return lane;
    }

    @Override
    public void opened(EngineChannel session, EventLoop loop, Opening opening) {
        var client = client(opening);
        var lane = laneOf(loop);
        session.config().setWriteBufferWaterMark(Listener.waterMark(settings));
        var connection = new ClientConnection(session, client, lane, settings, handler, stats);
        stats.connected();
        lane.add(connection);
        var _ = session.closeFuture().addListener(_ -> {
            sessions.closed(client);
            connection.gone();
        });
        var intake = new Intake(lane);
        // The connection itself watches the time until hello; this is for the namespaces' own order only.
        var namespaces = new Namespaces(
                Set.of(SocketPacket.MAIN), settings.liveness().helloTimeout().multipliedBy(2));
        var malformed = new Malformed(connection, stats);
        var page = new Page(codec, namespaces, session.sid());
        var pages = new PageHandler(
                connection,
                page,
                intake,
                malformed,
                stats,
                new PageHandler.Query(first(opening.query(), "token"), first(opening.query(), "userId")));
        page.speakThrough(connection, intake);
        session.pipeline()
                .addLast("traffic", new Traffic(connection, lane))
                .addLast("intake", intake)
                .addLast("packets", new SocketIoDecoder(settings.maxFrameBytes()))
                .addLast("namespaces", namespaces)
                .addLast("page", pages)
                .addLast("barrier", new HelloBarrier(connection, handler))
                .addLast("last", new LastResort(connection));
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        var values = query.get(name);
        return values == null ? null : values.getFirst();
    }
}
