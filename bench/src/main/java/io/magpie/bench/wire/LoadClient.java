package io.magpie.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Opens connections on a few event loops. Thread-safe.
public final class LoadClient implements AutoCloseable {
    /// A local address has some 28,000 ports for one server, and closed ones rest for a minute.
    private static final int CONNECTIONS_PER_ADDRESS = 2_000;

    private static final int LOCAL_ADDRESSES = 100;

    private final MultiThreadIoEventLoopGroup group;
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicLong connections = new AtomicLong();

    private record Lane(EventLoop loop, Scratch scratch) {}

    public LoadClient(int loops) {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(loops, io);
        for (EventExecutor loop : group) {
            lanes.add(new Lane((EventLoop) loop, new Scratch()));
        }
    }

    public int lanes() {
        return lanes.size();
    }

    /// Runs tasks on the event loop number `lane`.
    public Executor loop(int lane) {
        return lanes.get(lane).loop();
    }

    /// Opens a connection on the event loop number `lane`; the listener hears what came of it.
    public void connect(Endpoint endpoint, String requestTarget, int lane, Connection.Listener listener) {
        Lane chosen = lanes.get(lane);
        int mask = ThreadLocalRandom.current().nextInt();
        Connection connection = new Connection(endpoint, requestTarget, listener, chosen.scratch(), mask);
        Class<? extends Channel> type = Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
        var _ = new Bootstrap()
                .group(chosen.loop())
                .channel(type)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(connection)
                .connect(new InetSocketAddress(endpoint.host(), endpoint.port()), local(endpoint.host()))
                .addListener((ChannelFutureListener) future -> {
                    if (!future.isSuccess()) {
                        connection.unreachable(future.cause());
                    }
                });
    }

    /// On Linux all of 127.0.0.0/8 is this machine: many connections leave from many addresses.
    private @Nullable SocketAddress local(String host) {
        long address = connections.getAndIncrement() / CONNECTIONS_PER_ADDRESS % LOCAL_ADDRESSES;
        return address > 0 && host.equals("127.0.0.1") && Epoll.isAvailable()
                ? new InetSocketAddress("127.0.0." + (address + 1), 0)
                : null;
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
