package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.gateway.engineio.EngineFrames;
import io.magpie.gateway.socketio.SocketFrames;
import io.magpie.gateway.socketio.SocketPacket;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.json.JsonCodec;
import io.magpie.protocol.socketio.Call;
import io.magpie.protocol.socketio.DialectWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// What is the same for all Socket.IO pages that want their pushes alike: requests, replies and pushes of the full
/// protocol as the event `magpie`, pushes as events of the dialect.
record SocketIoWire(JsonCodec codec, Call.Pushes pushes) implements Wire {
    static final String EVENT = "magpie";

    @Override
    public Decoded decode(ByteBuf argument) {
        return codec.decodeRequest(ByteBufUtil.getBytes(argument));
    }

    @Override
    public ByteBuf reply(ByteBufAllocator allocator, @Nullable String requestId, Reply reply) {
        return magpie(allocator, codec.encodeReply(requestId, reply));
    }

    /// The events of one push, in one buffer.
    @Override
    public ByteBuf event(ByteBufAllocator allocator, Event event) {
        ByteBuf all = null;
        if (pushes != Call.Pushes.MAGPIE) {
            for (var heard : DialectWriter.events(event)) {
                var arguments = SocketPacket.Arguments.of(heard.json());
                all = joined(
                        all,
                        SocketFrames.event(
                                allocator, SocketPacket.MAIN, SocketPacket.NO_ACK, heard.event(), arguments));
            }
        }
        return pushes == Call.Pushes.DIALECT && all != null
                ? all
                : joined(all, magpie(allocator, codec.encodeEvent(event)));
    }

    private static ByteBuf joined(@Nullable ByteBuf before, ByteBuf next) {
        if (before == null) {
            return next;
        }
        before.writeBytes(next);
        next.release();
        return before;
    }

    static ByteBuf magpie(ByteBufAllocator allocator, byte[] json) {
        return SocketFrames.event(
                allocator, SocketPacket.MAIN, SocketPacket.NO_ACK, EVENT, SocketPacket.Arguments.of(json));
    }

    @Override
    public ByteBuf probe(ByteBufAllocator allocator) {
        return EngineFrames.ping(allocator);
    }

    /// A client that is told to leave the namespace stays away until its user does something; one whose session just
    /// ends comes back by itself.
    @Override
    public ByteBuf goodbye(ByteBufAllocator allocator, CloseReason reason) {
        return switch (reason) {
            case CLIENT, REPLACED, LOGGED_OUT, KICKED, MALFORMED, PROTOCOL_ERROR, HELLO_TIMEOUT ->
                SocketFrames.disconnected(allocator, SocketPacket.MAIN);
            case DRAINING, MOVED, IDLE, SLOW, FAULT, TOO_LARGE, REFUSED, GONE -> Unpooled.EMPTY_BUFFER;
        };
    }
}
