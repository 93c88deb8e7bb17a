package io.magpie.gateway;

import io.magpie.gateway.engineio.Heard;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// First to see what the socket brings: any byte proves that the peer lives, and a burst of reads is the time
/// in which replies are gathered for one flush. Throws away what comes after the connection was ended.
final class Traffic extends ChannelInboundHandlerAdapter {
    private final ClientConnection connection;
    private final LoopLane lane;

    Traffic(ClientConnection connection, LoopLane lane) {
        this.connection = connection;
        this.lane = lane;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        lane.beginBurst();
        if (message instanceof ByteBuf bytes) {
            connection.arrived(bytes.readableBytes());
            if (connection.isEnding()) {
                bytes.release();
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    /// What an Engine.IO session heard over whatever sockets it has.
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Heard(int bytes)) {
            connection.arrived(bytes);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        lane.endBurst();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.writabilityChanged(ctx.channel().isWritable());
        ctx.fireChannelWritabilityChanged();
    }
}
