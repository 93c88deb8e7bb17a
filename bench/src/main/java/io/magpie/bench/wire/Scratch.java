package io.magpie.bench.wire;

/// Memory that all connections of one event loop use in turn.
final class Scratch {
    private byte[] incoming = new byte[128 * 1024];
    private byte[] outgoing = new byte[4 * 1024];

    byte[] room(int length) {
        if (incoming.length < length) {
            incoming = new byte[length * 2];
        }
        return incoming;
    }

    byte[] masked(byte[] bytes, int from, int size, int mask) {
        if (outgoing.length < size) {
            outgoing = new byte[size * 2];
        }
        byte[] out = outgoing;
        for (int i = 0; i < size; i++) {
            out[i] = (byte) (bytes[from + i] ^ (mask >>> (24 - 8 * (i & 3))));
        }
        return out;
    }
}
