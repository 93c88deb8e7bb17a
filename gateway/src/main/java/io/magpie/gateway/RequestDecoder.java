package io.magpie.gateway;

import io.magpie.core.command.Command;
import io.magpie.core.command.Request;
import io.magpie.core.outcome.Outcome;
import io.magpie.protocol.Decoded;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Whole messages to [Request]s, as the connection's wire reads them. What cannot be read is answered here.
final class RequestDecoder extends ChannelInboundHandlerAdapter {
    private final Wire wire;
    private final Malformed malformed;

    RequestDecoder(Wire wire, Malformed malformed) {
        this.wire = wire;
        this.malformed = malformed;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        var decoded = decode(bytes);
        switch (decoded.command()) {
            case Outcome.Rejected<?>(var rejection) -> malformed.refuse(decoded.id(), rejection);
            case Outcome.Done<Command>(var command) -> {
                malformed.wellFormed();
                ctx.fireChannelRead(new Request(decoded.id(), command));
            }
        }
    }

    private Decoded decode(ByteBuf bytes) {
        try {
            return wire.decode(bytes);
        } finally {
            bytes.release();
        }
    }
}
