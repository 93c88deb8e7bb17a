package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.gateway.websocket.WebSocketFrames;
import io.magpie.protocol.json.Decoded;
import io.magpie.protocol.json.JsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/// Subprotocol `magpie.v1.json`: one JSON object per text message.
record JsonWebSocketWire(JsonCodec codec) implements Wire {
    static final String SUBPROTOCOL = "magpie.v1.json";

    @Override
    public Decoded decode(ByteBuf message) {
        return codec.decodeRequest(ByteBufUtil.getBytes(message));
    }

    @Override
    public ByteBuf reply(ByteBufAllocator allocator, @Nullable String requestId, Reply reply) {
        return WebSocketFrames.text(allocator, codec.encodeReply(requestId, reply));
    }

    @Override
    public ByteBuf event(ByteBufAllocator allocator, Event event) {
        return WebSocketFrames.text(allocator, codec.encodeEvent(event));
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
