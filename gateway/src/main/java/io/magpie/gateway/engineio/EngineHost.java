package io.magpie.gateway.engineio;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;

/// What uses the sessions. All methods are called on the event loop of the socket that asks; they never block.
public interface EngineHost {
    /// Whether one more session may begin like this; if so, [#opened] follows.
    boolean admits(Opening opening);

    /// Runs tasks of the loop's sessions on that loop, in the order submitted.
    Executor lane(EventLoop loop);

    /// A session begins: its pipeline is to be set up. It becomes active when this returns.
    ///
    /// @param loop it will live on
    void opened(EngineChannel session, EventLoop loop, Opening opening);
}
