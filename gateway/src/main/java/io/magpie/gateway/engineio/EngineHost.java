package io.magpie.gateway.engineio;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// What uses the sessions. All methods are called on the event loop of the socket that asks; they never block.
public interface EngineHost {
    /// Whether a client at this address may begin one more session.
    boolean admits(InetAddress peer);

    /// Runs tasks of the loop's sessions on that loop, in the order submitted.
    Executor lane(EventLoop loop);

    /// A session begins: its pipeline is to be set up. It becomes active when this returns.
    ///
    /// @param loop it will live on
    /// @param query of the request that opened it
    void opened(EngineChannel session, EventLoop loop, Map<String, List<String>> query);
}
