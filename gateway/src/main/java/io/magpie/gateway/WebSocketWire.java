package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.gateway.websocket.WebSocketFrames;
import io.magpie.protocol.Codec;
import io.magpie.protocol.Decoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/// One frame of a codec per WebSocket message.
///
/// @param binary whether those are binary messages; otherwise they are text
record WebSocketWire(Codec codec, boolean binary) implements Wire {
    static final String JSON = "magpie.v1.json";
    static final String PROTOBUF = "magpie.v1.protobuf";

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

    private ByteBuf message(ByteBufAllocator allocator, byte[] frame) {
        return binary ? WebSocketFrames.binary(allocator, frame) : WebSocketFrames.text(allocator, frame);
    }

    @Override
    public ByteBuf probe(ByteBufAllocator allocator) {
        return WebSocketFrames.ping(allocator);
    }

    @Override
    public ByteBuf goodbye(ByteBufAllocator allocator, CloseReason reason) {
        return WebSocketFrames.close(allocator, reason.webSocketCode(), reason.wireName());
    }
}
