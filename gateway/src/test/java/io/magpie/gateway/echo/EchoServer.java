package io.magpie.gateway.echo;

import io.magpie.gateway.engineio.EngineChannel;
import io.magpie.gateway.engineio.EngineHost;
import io.magpie.gateway.engineio.EngineHttp;
import io.magpie.gateway.engineio.EngineServer;
import io.magpie.gateway.engineio.Opening;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Listens on loopback and hands every session to `setup`.
public final class EchoServer implements AutoCloseable {
    /// One loop, because the suites take for granted that a server does one thing after the other: that what it says
    /// on two sockets leaves in the order in which it was asked.
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final EngineServer engine;
    private final Channel listener;

    /// @param setup puts the handlers into a session's pipeline
    public EchoServer(EchoSettings settings, Consumer<Channel> setup) {
        this.engine = new EngineServer(settings.engine(), new Host(open, setup));
        this.listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        socket.pipeline().addLast(new HttpServerCodec(), new EngineHttp(engine));
                    }
                })
                .bind(new InetSocketAddress("localhost", settings.port()))
                .syncUninterruptibly()
                .channel();
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// Sessions that live now.
    public int sessions() {
        return engine.size();
    }

    public void awaitClose() {
        listener.closeFuture().syncUninterruptibly();
    }

    /// Repeating it does nothing.
    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        listener.close().syncUninterruptibly();
        open.close().awaitUninterruptibly();
        var _ = loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private record Host(ChannelGroup open, Consumer<Channel> setup) implements EngineHost {
        @Override
        public boolean admits(Opening opening) {
            return true;
        }

        @Override
        public Executor lane(EventLoop loop) {
            return loop;
        }

        @Override
        public void opened(EngineChannel session, EventLoop loop, Opening opening) {
            open.add(session);
            setup.accept(session);
        }
    }
}
