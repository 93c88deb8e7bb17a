package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.protocol.Decoded;
import io.magpie.protocol.protobuf.ProtobufCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// The TCP port: before each protobuf frame its length as a varint32. Its only goodbye is the end of the stream.
final class TcpWire implements Wire {
    private static final int MAX_HEADER = 5;

    private final ProtobufCodec codec;
    private final byte[] ping;

    TcpWire(ProtobufCodec codec) {
        this.codec = codec;
        // Now, because the codec's first frame takes long, and later it would be an event loop that waits.
        this.ping = codec.encodePing();
    }

    @Override
    public Decoded decode(ByteBuf message) {
        return codec.decodeRequest(ByteBufUtil.getBytes(message));
    }

    @Override
    public ByteBuf reply(ByteBufAllocator allocator, @Nullable String requestId, Reply reply) {
        return message(allocator, codec.encodeReply(requestId, reply));
    }

    @Override
    public ByteBuf event(ByteBufAllocator allocator, Event event) {
        return message(allocator, codec.encodeEvent(event));
    }

    @Override
    public ByteBuf probe(ByteBufAllocator allocator) {
        return message(allocator, ping);
    }

    @Override
    public ByteBuf goodbye(ByteBufAllocator allocator, CloseReason reason) {
        return Unpooled.EMPTY_BUFFER;
    }

    private static ByteBuf message(ByteBufAllocator allocator, byte[] frame) {
        var message = allocator.directBuffer(MAX_HEADER + frame.length);
        int rest = frame.length;
        while (rest > 0x7F) {
            message.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return message.writeByte(rest).writeBytes(frame);
    }
}
