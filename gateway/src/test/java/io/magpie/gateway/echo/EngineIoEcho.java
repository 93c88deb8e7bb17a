package io.magpie.gateway.echo;

import io.magpie.gateway.engineio.EngineFrames;
import io.magpie.gateway.engineio.Message;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Sends every message back as it came.
public final class EngineIoEcho extends ChannelInboundHandlerAdapter {
    public static EchoServer start(EchoSettings settings) {
        return new EchoServer(settings, session -> session.pipeline().addLast(new EngineIoEcho()));
    }

    public static void main(String... arguments) {
        EchoMain.run(arguments, EngineIoEcho::start);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Message(boolean binary, var data)) {
            int length = data.readableBytes();
            var frame = binary ? EngineFrames.binary(ctx.alloc(), length) : EngineFrames.text(ctx.alloc(), length);
            var _ = ctx.writeAndFlush(frame.writeBytes(data));
        }
    }
}
