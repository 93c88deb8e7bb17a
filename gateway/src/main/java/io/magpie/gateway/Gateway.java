package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.session.CommandHandler;
import io.magpie.protocol.json.JsonCodec;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The realtime port: accepts clients, hands their commands to a [CommandHandler] and its replies and pushes
/// to them. Any thread but an event loop.
public final class Gateway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final int BACKLOG = 1024;
    private static final long WAVE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /// Clients of a drained node come back elsewhere spread over this time.
    private static final long RECONNECT_SPREAD_MS = 5000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final EventLoopGroup loops;
    private final Map<EventExecutor, LoopLane> lanes;
    private final Channel listener;
    private final SocketIoTransport socketIo;

    private Gateway(
            EventLoopGroup loops, Map<EventExecutor, LoopLane> lanes, Channel listener, SocketIoTransport socketIo) {
        this.loops = loops;
        this.lanes = lanes;
        this.listener = listener;
        this.socketIo = socketIo;
    }

    /// Listens when it returns.
    ///
    /// @throws IOException if the address cannot be listened on
    public static Gateway start(GatewaySettings settings, CommandHandler handler, JsonCodec codec, GatewayStats stats)
            throws IOException {
        return start(settings, handler, codec, stats, System::nanoTime);
    }

    static Gateway start(
            GatewaySettings settings,
            CommandHandler handler,
            JsonCodec codec,
            GatewayStats stats,
            LongSupplier nanoTime)
            throws IOException {
        boolean epoll = Epoll.isAvailable();
        var loops = new MultiThreadIoEventLoopGroup(
                settings.eventLoops(),
                new DefaultThreadFactory("gateway"),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        var lanes = lanes(loops, settings, nanoTime);
        var json = new JsonWebSocketWire(codec);
        var rules = new HandshakeRules(
                json,
                Map.of(JsonWebSocketWire.SUBPROTOCOL, json),
                settings.admission().allowedOrigins());
        var limits = new ConnectionLimits(settings.admission());
        var socketIo = new SocketIoTransport(settings, handler, codec, stats, limits, lanes);
        var transport = new WebSocketTransport(settings, handler, rules, stats, limits, socketIo);
        var bind = bootstrap(loops, lanes, transport, settings, epoll)
                .bind(new InetSocketAddress(settings.host(), settings.port()))
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            var _ = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "realtime port: %s:%d cannot be listened on (expected: a free port of an own address)"
                            .formatted(settings.host(), settings.port()),
                    bind.cause());
        }
        log.info("realtime port listens on {} ({})", bind.channel().localAddress(), epoll ? "epoll" : "nio");
        return new Gateway(loops, lanes, bind.channel(), socketIo);
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

    private static ServerBootstrap bootstrap(
            EventLoopGroup loops,
            Map<EventExecutor, LoopLane> lanes,
            WebSocketTransport transport,
            GatewaySettings settings,
            boolean epoll) {
        Class<? extends ServerSocketChannel> type =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        return new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(settings))
                // One read brings at most 64 KiB, which bounds what waits decoded while a connection is paused.
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 1024, 16 << 10).maxMessagesPerRead(4))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var lane = lanes.get(channel.eventLoop());
                        if (lane == null) {
                            throw new IllegalStateException("an event loop without a lane");
                        }
                        transport.accept(channel, lane);
                    }
                });
    }

    // Whoever is sent less than everything is unwritable, so becoming writable is the moment to tell what was
    // dropped.
    static WriteBufferWaterMark waterMark(GatewaySettings settings) {
        int low = settings.slowReaders().lowMark();
        return new WriteBufferWaterMark(low / 2, low);
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /// Lets nobody new in; those connected stay. Repeating it does nothing.
    public void stopAccepting() {
        socketIo.stopAccepting();
        var _ = listener.close().awaitUninterruptibly();
    }

    /// Stops accepting, tells every client in random order over half of the time that the server is draining,
    /// lets each have the answers to what it had asked, and closes. Returns when all are gone or the time is
    /// over; whoever is left then is for [#close].
    public void drain(Duration within) {
        stopAccepting();
        long nanos = within.toNanos();
        for (var lane : lanes.values()) {
            lane.dismiss(nanos / 2, WAVE_NANOS, connection -> connection.bye(draining()));
        }
        awaitEmpty(nanos);
    }

    private static Event.Bye draining() {
        long after = ThreadLocalRandom.current().nextLong(RECONNECT_SPREAD_MS / 10, RECONNECT_SPREAD_MS);
        return new Event.Bye(Event.Bye.Reason.DRAINING, after, null);
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
