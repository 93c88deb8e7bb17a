package io.magpie.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A WebSocket from the client's side. Writes frames masked, as the protocol demands; understands nothing that
/// servers of one small message at a time do not send (no fragments, no compression).
final class WebSocketFraming implements Framing {
    private static final byte[] END_OF_HEAD = Scan.ascii("\r\n\r\n");
    private static final byte[] SWITCHING = Scan.ascii("HTTP/1.1 101");
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    private final Connection connection;
    private final Endpoint endpoint;
    private final String requestTarget;
    private final int mask;
    private final int head;
    private boolean open;

    WebSocketFraming(Connection connection, Endpoint endpoint, String requestTarget, int mask) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.requestTarget = requestTarget;
        this.mask = mask;
        this.head = endpoint.form() == Endpoint.Form.WEBSOCKET_TEXT ? TEXT : BINARY;
    }

    @Override
    public void begin() {
        connection.writeAscii("GET " + requestTarget + " HTTP/1.1\r\nHost: " + endpoint.host() + ":" + endpoint.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: bWFncGllLWJlbmNoLWtleQ==\r\n"
                + (endpoint.subprotocol().isEmpty() ? "" : "Sec-WebSocket-Protocol: " + endpoint.subprotocol() + "\r\n")
                + "\r\n");
    }

    @Override
    public int frame(byte[] bytes, int at, int end) {
        return open ? message(bytes, at, end) : handshake(bytes, at, end);
    }

    private int handshake(byte[] bytes, int at, int end) {
        int after = Scan.after(bytes, at, end, END_OF_HEAD);
        if (after < 0) {
            return -1;
        }
        if (!Scan.startsWith(bytes, at, end, SWITCHING)) {
            String head = new String(bytes, at, Math.min(end - at, 60), StandardCharsets.US_ASCII);
            connection.fail("refused: " + head.lines().findFirst().orElse(""));
            return end;
        }
        open = true;
        connection.opened();
        return after;
    }

    private int message(byte[] bytes, int at, int end) {
        if (end - at < 2) {
            return -1;
        }
        int start = at + 2;
        int size = bytes[at + 1] & 0x7F;
        if (size == 126) {
            start = at + 4;
            if (end < start) {
                return -1;
            }
            size = (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
        } else if (size == 127) {
            start = at + 10;
            if (end < start) {
                return -1;
            }
            size = Math.toIntExact(ByteBuffer.wrap(bytes, at + 2, 8).getLong());
        }
        if (end - start < size) {
            return -1;
        }
        handle(bytes[at] & 0xFF, bytes, start, size);
        return start + size;
    }

    private void handle(int kind, byte[] bytes, int start, int size) {
        switch (kind) {
            case TEXT, BINARY -> connection.frame(bytes, start, start + size);
            case PING -> {
                write(PONG, bytes, start, size);
                connection.flush();
            }
            case CLOSE -> connection.fail("closed by the server" + closeText(bytes, start, size));
            case PONG -> {}
            default ->
                connection.fail("frame that begins " + Integer.toHexString(kind) + " (expected: one whole message)");
        }
    }

    private static String closeText(byte[] bytes, int start, int size) {
        if (size < 2) {
            return "";
        }
        int code = (bytes[start] & 0xFF) << 8 | (bytes[start + 1] & 0xFF);
        return ", code " + code + " " + new String(bytes, start + 2, size - 2, StandardCharsets.UTF_8);
    }

    @Override
    public void write(byte[] bytes, int from, int size) {
        write(head, bytes, from, size);
    }

    private void write(int kind, byte[] bytes, int from, int size) {
        ByteBuf out = connection.buffer(size + 14);
        out.writeByte(kind);
        if (size < 126) {
            out.writeByte(0x80 | size);
        } else if (size <= 0xFFFF) {
            out.writeByte(0x80 | 126).writeShort(size);
        } else {
            out.writeByte(0x80 | 127).writeLong(size);
        }
        out.writeInt(mask);
        out.writeBytes(connection.scratch().masked(bytes, from, size, mask), 0, size);
        connection.write(out);
    }
}
