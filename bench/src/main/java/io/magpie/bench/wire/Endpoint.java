package io.magpie.bench.wire;

/// Where a server listens, and in which form it speaks there.
///
/// @param subprotocol offered in the WebSocket handshake; empty for none
public record Endpoint(String host, int port, Form form, String subprotocol) {
    /// How bytes are cut into frames.
    public enum Form {
        /// One text message per frame.
        WEBSOCKET_TEXT,
        /// One binary message per frame.
        WEBSOCKET_BINARY,
        /// The length of each frame as a varint, then the frame.
        VARINT,
        /// An XML stream; a frame is one child of its root, or the root's own tag.
        XML
    }
}
