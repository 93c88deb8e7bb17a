package io.magpie.bench.reference;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Passes frames on as they came; see the load's relay dialect for their form.
final class RelayHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final int DIGITS = 8;

    private final RelayUsers users;
    private long user = -1;

    RelayHandler(RelayUsers users) {
        this.users = users;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof HandshakeComplete handshake) {
            List<String> named =
                    new QueryStringDecoder(handshake.requestUri()).parameters().getOrDefault("user", List.of("0"));
            user = Long.parseLong(named.getFirst());
            users.add(user, context.channel());
            var _ = context.writeAndFlush(new TextWebSocketFrame("R"));
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        ByteBuf in = frame.content();
        // Before the frame goes on: from then on its receiver's event loop moves its reader index.
        ByteBuf acknowledgement = context.alloc().ioBuffer(1 + DIGITS);
        acknowledgement.writeByte('A').writeBytes(in, in.readerIndex() + 1, DIGITS);
        if (in.getByte(in.readerIndex()) == 'S') {
            String target = in.toString(in.readerIndex() + 1 + DIGITS, DIGITS, StandardCharsets.US_ASCII);
            users.toOne(Long.parseLong(target, 16), frame.retain());
        } else {
            users.toAllBut(context.channel(), frame.retain());
        }
        var _ = context.write(new TextWebSocketFrame(acknowledgement), context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        users.remove(user, context.channel());
    }
}
