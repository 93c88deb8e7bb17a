package io.magpie.core.cluster;

/// Port: how facts look between nodes. Nodes of this version and of the next one understand each other: what a
/// version does not know it leaves out. Any thread.
public interface RecordCodec {
    byte[] encode(Facts facts);

    /// @throws IllegalArgumentException if these bytes are no record
    Facts decode(byte[] record);
}
