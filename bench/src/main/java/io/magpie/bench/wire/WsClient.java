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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Opens WebSockets on a few event loops. Thread-safe.
public final class WsClient implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group;
    private final List<Lane> lanes = new ArrayList<>();

    private record Lane(EventLoop loop, WsConnection.Inbound inbound) {}

    public WsClient(int loops) {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(loops, io);
        for (EventExecutor loop : group) {
            lanes.add(new Lane((EventLoop) loop, new WsConnection.Inbound()));
        }
    }

    public int lanes() {
        return lanes.size();
    }

    /// Opens a connection on the event loop number `lane`; the listener hears what came of it.
    public void connect(WsEndpoint endpoint, String requestTarget, int lane, WsConnection.Listener listener) {
        Lane chosen = lanes.get(lane);
        int mask = ThreadLocalRandom.current().nextInt();
        WsConnection connection = new WsConnection(endpoint, requestTarget, listener, chosen.inbound(), mask);
        Class<? extends Channel> type = Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
        var _ = new Bootstrap()
                .group(chosen.loop())
                .channel(type)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(connection)
                .connect(endpoint.host(), endpoint.port())
                .addListener((ChannelFutureListener) future -> {
                    if (!future.isSuccess()) {
                        listener.closed(String.valueOf(future.cause()));
                    }
                });
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                .awaitUninterruptibly();
    }
}
