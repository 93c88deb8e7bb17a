package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// The newest event of a lane as one wire's frame, so that an event for many receivers is encoded once.
/// Delivery hands the same object to all of them one after the other, which is why remembering one is enough.
/// On the lane only.
final class EncodedEvents {
    private final Wire wire;
    private final ByteBufAllocator allocator;
    private @Nullable Event event;
    private @Nullable ByteBuf frame;

    EncodedEvents(Wire wire, ByteBufAllocator allocator) {
        this.wire = wire;
        this.allocator = allocator;
    }

    /// A view of its own for one receiver, who releases it by writing it.
    // Identity is the point: equal events that are not the same object are encoded again, which is only slower.
    @SuppressWarnings("ReferenceEquality")
    ByteBuf frameOf(Event wanted) {
        var cached = frame;
        if (cached == null || event != wanted) {
            clear();
            cached = wire.event(allocator, wanted);
            event = wanted;
            frame = cached;
        }
        return cached.retainedDuplicate();
    }

    void clear() {
        if (frame != null) {
            frame.release();
        }
        frame = null;
        event = null;
    }
}
