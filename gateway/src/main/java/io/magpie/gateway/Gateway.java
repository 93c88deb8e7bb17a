package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.session.CommandHandler;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.protocol.protobuf.ProtobufCodec;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The realtime and the TCP port: accepts clients, hands their commands to a [CommandHandler] and its replies
/// and pushes
/// to them. Any thread but an event loop.
public final class Gateway implements AutoCloseable {
    private static final long WAVE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /// Clients of a drained node come back elsewhere spread over this time.
    private static final long RECONNECT_SPREAD_MS = 5000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final EventLoopGroup loops;
    private final Map<EventExecutor, LoopLane> lanes;
    private final Listener realtime;
    private final Listener tcp;
    private final SocketIoTransport socketIo;

    private Gateway(
            EventLoopGroup loops,
            Map<EventExecutor, LoopLane> lanes,
            Listener realtime,
            Listener tcp,
            SocketIoTransport socketIo) {
        this.loops = loops;
        this.lanes = lanes;
        this.realtime = realtime;
        this.tcp = tcp;
        this.socketIo = socketIo;
    }

    /// Listens when it returns.
    ///
    /// @param tls asked for each new connection; null for plain text
    /// @throws IOException if an address cannot be listened on
    public static Gateway start(
            GatewaySettings settings,
            CommandHandler handler,
            JsonCodec codec,
            GatewayStats stats,
            @Nullable Supplier<SSLContext> tls)
            throws IOException {
        return start(settings, handler, codec, stats, tls, System::nanoTime);
    }

    static Gateway start(
            GatewaySettings settings,
            CommandHandler handler,
            JsonCodec codec,
            GatewayStats stats,
            @Nullable Supplier<SSLContext> tls,
            LongSupplier nanoTime)
            throws IOException {
        var loops = new MultiThreadIoEventLoopGroup(
                loops(settings),
                new DefaultThreadFactory("gateway"),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        var lanes = lanes(loops, settings, nanoTime);
        var arrivals = new Arrivals(settings, handler, stats, tls == null ? null : new Tls(tls));
        var json = new WebSocketWire(codec, false);
        var protobuf = new ProtobufCodec();
        var rules = new HandshakeRules(
                json,
                Map.of(WebSocketWire.JSON, json, WebSocketWire.PROTOBUF, new WebSocketWire(protobuf, true)),
                settings.admission().allowedOrigins());
        var socketIo = new SocketIoTransport(settings, handler, codec, stats, arrivals, lanes);
        var listeners = new ArrayList<Listener>();
        try {
            var webSocket = new WebSocketTransport(settings, handler, rules, stats, arrivals, socketIo);
            listeners.add(Listener.open("realtime", settings.port(), webSocket, loops, lanes, settings));
            var tcp = new TcpTransport(settings, handler, stats, arrivals, new TcpWire(protobuf));
            listeners.add(Listener.open("tcp", settings.tcpPort(), tcp, loops, lanes, settings));
        } catch (PortTakenException e) {
            listeners.forEach(Listener::close);
            var _ = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
        return new Gateway(loops, lanes, listeners.getFirst(), listeners.getLast(), socketIo);
    }

    // They never wait, so more of them than cores only means less to do for each at a time: smaller batches,
    // more wake-ups.
    private static int loops(GatewaySettings settings) {
        return settings.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : settings.eventLoops();
    }

    private static Map<EventExecutor, LoopLane> lanes(
            EventLoopGroup loops, GatewaySettings settings, LongSupplier nanoTime) {
        var lanes = new IdentityHashMap<EventExecutor, LoopLane>();
        long sweep = sweepNanos(settings);
        for (var loop : loops) {
            var lane = new LoopLane(loop, nanoTime);
            lane.startSweeping(sweep);
            lanes.put(loop, lane);
        }
        return lanes;
    }

    // A time-out is noticed at most one sweep late: a second at the default settings, a quarter of the
    // shortest at small ones.
    private static long sweepNanos(GatewaySettings settings) {
        long shortest = Math.min(
                settings.liveness().shortest().toNanos(),
                settings.slowReaders().slowClose().toNanos());
        return Math.clamp(shortest / 4, TimeUnit.MILLISECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(1));
    }

    /// Where the realtime port listens.
    public InetSocketAddress address() {
        return realtime.address();
    }

    /// Where the TCP port listens.
    public InetSocketAddress tcpAddress() {
        return tcp.address();
    }

    /// Lets nobody new in; those connected stay. Repeating it does nothing.
    public void stopAccepting() {
        socketIo.stopAccepting();
        realtime.close();
        tcp.close();
    }

    /// Stops accepting, tells every client in random order over half of the time that the server is draining,
    /// lets each have the answers to what it had asked, and closes. Returns when all are gone or the time is
    /// over; whoever is left then is for [#close].
    ///
    /// @param elsewhere a WebSocket address for the next client to leave; null if there is none
    public void drain(Duration within, Supplier<@Nullable String> elsewhere) {
        stopAccepting();
        long nanos = within.toNanos();
        for (var lane : lanes.values()) {
            lane.dismiss(nanos / 2, WAVE_NANOS, connection -> connection.bye(draining(elsewhere.get())));
        }
        awaitEmpty(nanos);
    }

    private static Event.Bye draining(@Nullable String url) {
        long after = ThreadLocalRandom.current().nextLong(RECONNECT_SPREAD_MS / 10, RECONNECT_SPREAD_MS);
        return new Event.Bye(Event.Bye.Reason.DRAINING, after, url);
    }

    private void awaitEmpty(long nanos) {
        var emptied = lanes.values().stream().map(LoopLane::emptied).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(emptied)
                .completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS)
                .join();
    }

    /// Closes every connection at once and ends the event loops. The handler has learned of the end of every
    /// session when it returns. Repeating it does nothing.
    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        stopAccepting();
        lanes.values().forEach(LoopLane::abandon);
        awaitEmpty(CLOSE_PATIENCE.toNanos());
        var _ = loops.shutdownGracefully(0, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
