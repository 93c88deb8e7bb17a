package io.magpie.bench.reference;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who is connected. Thread-safe.
final class RelayUsers {
    private final Map<Long, Channel> byUser = new ConcurrentHashMap<>();
    private final Map<EventLoop, Set<Channel>> byLoop = new ConcurrentHashMap<>();

    void add(long user, Channel channel) {
        byUser.put(user, channel);
        byLoop.computeIfAbsent(channel.eventLoop(), _ -> ConcurrentHashMap.newKeySet())
                .add(channel);
    }

    void remove(long user, Channel channel) {
        byUser.remove(user, channel);
        byLoop.getOrDefault(channel.eventLoop(), Set.of()).remove(channel);
    }

    /// Takes over one reference of the frame.
    void toOne(long user, ByteBufHolder frame) {
        Channel channel = byUser.get(user);
        if (channel == null) {
            frame.release();
        } else {
            var _ = channel.writeAndFlush(frame, channel.voidPromise());
        }
    }

    /// One task per event loop. Takes over one reference of the frame.
    void toAllBut(Channel sender, ByteBufHolder frame) {
        byLoop.forEach((loop, channels) -> {
            frame.retain();
            loop.execute(() -> {
                for (Channel channel : channels) {
                    if (!channel.equals(sender)) {
                        var _ = channel.writeAndFlush(frame.retainedDuplicate(), channel.voidPromise());
                    }
                }
                frame.release();
            });
        });
        frame.release();
    }
}
