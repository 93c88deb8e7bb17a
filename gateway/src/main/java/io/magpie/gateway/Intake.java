package io.magpie.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stops the inbound side while there is a reason to: nothing more is read from the socket, and what one read
/// had already brought waits here, in order. So it is bounded by the size of a read. On the lane only.
final class Intake extends ChannelInboundHandlerAdapter {
    enum Pause {
        /// The token of `hello` is being checked.
        HELLO,
        /// Replies would pile up in front of a slow reader.
        UNWRITABLE,
        /// Enough requests are in flight.
        BUSY,
        /// The connection is about to close and takes no new work.
        LEAVING
    }

    private final LoopLane lane;
    private final Set<Pause> reasons = EnumSet.noneOf(Pause.class);
    private @Nullable ArrayDeque<Object> held;
    private @Nullable ChannelHandlerContext context;

    Intake(LoopLane lane) {
        this.lane = lane;
    }

    boolean isPaused() {
        return !reasons.isEmpty();
    }

    boolean isPaused(Pause reason) {
        return reasons.contains(reason);
    }

    void pause(Pause reason) {
        reasons.add(reason);
        if (context != null) {
            context.channel().config().setAutoRead(false);
        }
    }

    /// Goes on after the running task, so that what it has to say is said before the next message is looked at.
    void resume(Pause reason) {
        if (reasons.remove(reason) && reasons.isEmpty()) {
            lane.execute(this::release);
        }
    }

    /// Forgets what waits; for a connection that closes.
    void discard() {
        if (held != null) {
            held.forEach(ReferenceCountUtil::release);
            held = null;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (isPaused()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        context = null;
        discard();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (held == null && reasons.isEmpty()) {
            ctx.fireChannelRead(message);
            return;
        }
        if (held == null) {
            held = new ArrayDeque<>(4);
        }
        held.add(message);
    }

    private void release() {
        while (context != null && held != null && reasons.isEmpty()) {
            var message = held.poll();
            if (message == null) {
                held = null;
            } else {
                context.fireChannelRead(message);
            }
        }
        if (context != null && reasons.isEmpty()) {
            context.channel().config().setAutoRead(true);
        }
    }
}
