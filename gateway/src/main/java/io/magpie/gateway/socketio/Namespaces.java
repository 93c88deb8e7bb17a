package io.magpie.gateway.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which namespaces a session is in. Passes on what belongs to those it is in, and [SocketPacket.Connect] for those
/// it may enter; whoever handles that says [#enter] or refuses it. Refuses all other namespaces. Closes the session
/// of a client that sends anything to a namespace it is not in, or that has entered none in time. On the channel's
/// loop only.
public final class Namespaces extends ChannelInboundHandlerAdapter {
    /// Acknowledgements a client owes; the oldest is forgotten first.
    static final int MAX_AWAITED = 1000;

    private static final String UNKNOWN = "{\"message\":\"Invalid namespace\"}";

    private final Set<String> served;
    private final Duration patience;
    private final Set<String> entered = new HashSet<>(2);
    private final Map<String, Awaited> awaited = new HashMap<>(0);
    private @Nullable Future<?> timer;

    private static final class Awaited extends LinkedHashMap<Long, Consumer<SocketPacket.Arguments>> {
        private long next;

        Awaited() {
            super(4);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Consumer<SocketPacket.Arguments>> eldest) {
            return size() > MAX_AWAITED;
        }
    }

    /// @param patience within which a client must have entered a namespace
    public Namespaces(Set<String> served, Duration patience) {
        this.served = Set.copyOf(served);
        this.patience = patience;
    }

    /// The client is in: what it sends there is passed on from now.
    ///
    /// @return the packet that tells it so, to be written
    public ByteBuf enter(ByteBufAllocator allocator, String namespace, String sid) {
        entered.add(namespace);
        stopWaiting();
        return SocketFrames.connected(allocator, namespace, sid);
    }

    /// An event the client is asked to acknowledge.
    ///
    /// @param acknowledged what to do with the answer, if it ever comes
    /// @return the packet, to be written
    public ByteBuf ask(
            ByteBufAllocator allocator,
            String namespace,
            String name,
            SocketPacket.Arguments arguments,
            Consumer<SocketPacket.Arguments> acknowledged) {
        var there = awaited.computeIfAbsent(namespace, _ -> new Awaited());
        there.put(there.next, acknowledged);
        return SocketFrames.event(allocator, namespace, there.next++, name, arguments);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            startWaiting(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        startWaiting(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopWaiting();
        awaited.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof SocketPacket packet)) {
            ctx.fireChannelRead(message);
        } else if (packet instanceof SocketPacket.Connect connect) {
            connect(ctx, connect);
        } else if (!entered.contains(packet.namespace())) {
            close(ctx);
        } else if (packet instanceof SocketPacket.Ack ack) {
            acknowledge(ack);
        } else {
            if (packet instanceof SocketPacket.Disconnect) {
                entered.remove(packet.namespace());
                awaited.remove(packet.namespace());
            }
            ctx.fireChannelRead(packet);
        }
    }

    private void connect(ChannelHandlerContext ctx, SocketPacket.Connect connect) {
        if (!served.contains(connect.namespace())) {
            var _ = ctx.writeAndFlush(SocketFrames.refused(ctx.alloc(), connect.namespace(), UNKNOWN));
        } else if (entered.contains(connect.namespace())) {
            close(ctx);
        } else {
            ctx.fireChannelRead(connect);
        }
    }

    private void acknowledge(SocketPacket.Ack ack) {
        var there = awaited.get(ack.namespace());
        var waiting = there == null ? null : there.remove(ack.id());
        if (waiting != null) {
            waiting.accept(ack.arguments());
        }
    }

    private void startWaiting(ChannelHandlerContext ctx) {
        if (timer == null) {
            timer = ctx.executor().schedule(() -> close(ctx), patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static void close(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    private void stopWaiting() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
