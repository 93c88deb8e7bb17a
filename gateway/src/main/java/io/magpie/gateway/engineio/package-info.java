/// Engine.IO, protocol revision 4, the server's side: sessions whose messages travel over long-polling requests, a
/// WebSocket, or first the one and then the other.
///
/// A session is a Netty channel, [EngineChannel]: what is written to it are frames of [EngineFrames], what is read
/// from it are [Message]s. Whoever uses this layer sets up the channel's pipeline in [EngineHost#opened] and need not
/// know what carries it.
@NullMarked
package io.magpie.gateway.engineio;

import org.jspecify.annotations.NullMarked;
