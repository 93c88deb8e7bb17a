package io.magpie.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port that is listened on. Any thread but an event loop.
final class Listener {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 1024;

    private final Channel channel;

    private Listener(Channel channel) {
        this.channel = channel;
    }

    /// @param name as in `realtime`
    /// @throws PortTakenException if the address cannot be listened on
    static Listener open(
            String name,
            int port,
            Transport transport,
            EventLoopGroup loops,
            Map<EventExecutor, LoopLane> lanes,
            GatewaySettings settings)
            throws PortTakenException {
        var bind = bootstrap(loops, lanes, transport, settings)
                .bind(new InetSocketAddress(settings.host(), port))
                .awaitUninterruptibly();
        if (!bind.isSuccess()) {
            throw new PortTakenException(name, settings.host(), port, bind.cause());
        }
        log.info(
                "{} port listens on {} ({})",
                name,
                bind.channel().localAddress(),
                Epoll.isAvailable() ? "epoll" : "nio");
        return new Listener(bind.channel());
    }

    private static ServerBootstrap bootstrap(
            EventLoopGroup loops, Map<EventExecutor, LoopLane> lanes, Transport transport, GatewaySettings settings) {
        Class<? extends ServerSocketChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
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

    // Whoever is sent less than everything is unwritable, so becoming writable is the moment to tell what was dropped.
    static WriteBufferWaterMark waterMark(GatewaySettings settings) {
        int low = settings.slowReaders().lowMark();
        return new WriteBufferWaterMark(low / 2, low);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// Lets nobody new in. Repeating it does nothing.
    void close() {
        var _ = channel.close().awaitUninterruptibly();
    }
}
