package io.magpie.protocol;

import io.magpie.core.command.Event;
import io.magpie.core.command.Reply;
import io.magpie.core.command.Request;
import org.jspecify.annotations.Nullable;

/// Frames of one form of the protocol, both directions. No bytes make the decoding methods throw, no value makes the
/// encoding methods throw. Arrays handed out belong to the caller and are exactly as long as the frame. Thread-safe.
public interface Codec {
    /// Server: what a client asks.
    Decoded decodeRequest(byte[] frame);

    /// Server: an answer.
    ///
    /// @param id of the request; null only for the error of a request without one
    byte[] encodeReply(@Nullable String id, Reply reply);

    /// Server: a push.
    byte[] encodeEvent(Event event);

    /// Client: a question.
    byte[] encodeRequest(Request request);

    /// Client: what a server says, tolerant to what newer servers may add; see [ServerFrame].
    ServerFrame decodeServerFrame(byte[] frame);
}
