package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.protocol.Decoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// How one protocol looks on one transport: what a connection speaks once it is set up. Outbound frames come
/// complete with the transport's header and go to the socket as they are. Stateless; any thread.
interface Wire {
    /// @param message one whole message without the transport's header; not released here
    Decoded decode(ByteBuf message);

    ByteBuf reply(ByteBufAllocator allocator, @Nullable String requestId, Reply reply);

    ByteBuf event(ByteBufAllocator allocator, Event event);

    /// Whether this client wants such a push at all.
    default boolean wants(Event event) {
        return true;
    }

    /// Whatever a live peer answers by itself.
    ByteBuf probe(ByteBufAllocator allocator);

    /// The transport's own goodbye; empty if it has none.
    ByteBuf goodbye(ByteBufAllocator allocator, CloseReason reason);
}
