package io.magpie.gateway;

import io.magpie.core.command.Event;
import io.magpie.core.session.Weight;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// The outbound side of one connection: writes gathered by the lane, and the bounds of what may wait for a
/// reader. On the lane only.
final class Outbox {
    /// More than this is not held back for the flush at the end of the batch, so that a busy moment of the
    /// server does not look like a slow reader.
    private static final int FLUSH_AT = 32 << 10;

    private final Channel channel;
    private final LoopLane lane;
    private final GatewaySettings.SlowReaders bounds;
    private final GatewayStats stats;
    private int unflushed;
    private boolean reported;
    private long unwritableSince;
    private @Nullable MissedPushes missed;

    Outbox(Channel channel, LoopLane lane, GatewaySettings.SlowReaders bounds, GatewayStats stats) {
        this.channel = channel;
        this.lane = lane;
        this.bounds = bounds;
        this.stats = stats;
    }

    /// A failed write arrives in the pipeline as an exception.
    void write(ByteBuf frame) {
        int bytes = frame.readableBytes();
        stats.frameSent(bytes);
        var _ = channel.write(frame, channel.voidPromise());
        unflushed += bytes;
        if (unflushed >= FLUSH_AT) {
            flush();
        } else if (!reported) {
            reported = true;
            lane.written(this);
        }
    }

    void flush() {
        reported = false;
        if (unflushed > 0) {
            unflushed = 0;
            channel.flush();
        }
    }

    /// Whether a push of this weight may still be written.
    boolean admits(Weight weight) {
        int mark = mark(weight);
        if (pending() <= mark) {
            return true;
        }
        flush();
        return pending() <= mark;
    }

    boolean isPastHardLimit() {
        return pending() > bounds.hardLimit();
    }

    /// Remembers a push that was not admitted.
    void drop(Event event, Weight weight) {
        stats.pushDropped(weight);
        if (weight == Weight.EPHEMERAL) {
            return;
        }
        if (missed == null) {
            missed = new MissedPushes();
            stats.startedLagging();
        }
        missed.add(event);
    }

    /// What the reader missed, once; null if nothing.
    Event.@Nullable Lagging takeMissed() {
        if (missed == null) {
            return null;
        }
        var summary = missed.summary();
        missed = null;
        stats.stoppedLagging();
        return summary;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void unwritable(long now) {
        if (unwritableSince == 0) {
            unwritableSince = now;
        }
    }

    void writable() {
        unwritableSince = 0;
    }

    /// Whether nothing could be written since before `time`.
    boolean stuckSince(long time) {
        return unwritableSince != 0 && unwritableSince <= time;
    }

    private int mark(Weight weight) {
        return switch (weight) {
            case EPHEMERAL -> bounds.lowMark();
            case GROUP -> bounds.middleMark();
            case DIRECT -> bounds.highMark();
        };
    }

    private long pending() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
}
