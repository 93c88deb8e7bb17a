package io.magpie.gateway;

import io.netty.channel.Channel;

/// What a port speaks.
interface Transport {
    /// Sets up a fresh socket. On its lane.
    void accept(Channel channel, LoopLane lane);
}
