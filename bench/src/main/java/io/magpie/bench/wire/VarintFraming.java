package io.magpie.bench.wire;

import io.netty.buffer.ByteBuf;

/// Frames behind their length as a varint, from the first byte on.
final class VarintFraming implements Framing {
    private static final int MAX_LENGTH_BYTES = 5;

    private final Connection connection;

    VarintFraming(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void begin() {
        connection.opened();
        connection.flush();
    }

    @Override
    public int frame(byte[] bytes, int at, int end) {
        int size = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES && at + i < end; i++) {
            size |= (bytes[at + i] & 0x7F) << (7 * i);
            if (bytes[at + i] >= 0) {
                int start = at + i + 1;
                if (end - start < size) {
                    return -1;
                }
                connection.frame(bytes, start, start + size);
                return start + size;
            }
        }
        return -1;
    }

    @Override
    public void write(byte[] bytes, int from, int size) {
        ByteBuf out = connection.buffer(size + MAX_LENGTH_BYTES);
        int rest = size;
        for (; rest > 0x7F; rest >>>= 7) {
            out.writeByte(rest | 0x80);
        }
        out.writeByte(rest);
        out.writeBytes(bytes, from, size);
        connection.write(out);
    }
}
