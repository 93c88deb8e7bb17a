package io.magpie.bench.wire;

/// Cuts one connection's bytes into frames, where they lie, and puts frames into bytes. On the connection's event
/// loop.
interface Framing {
    /// The connection is up.
    void begin();

    /// Hands on the frame that begins at `at`; the position after it, or -1 if it is not all there.
    int frame(byte[] bytes, int at, int end);

    /// Writes one frame without flushing.
    void write(byte[] bytes, int from, int size);
}
