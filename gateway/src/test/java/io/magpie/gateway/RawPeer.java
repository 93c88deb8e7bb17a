package io.magpie.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A WebSocket client that does only what the test says: it answers no ping, reads when told, may send anything.
final class RawPeer implements AutoCloseable {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    static final String HELLO = """
            {"type":"hello","id":"h","token":"good","device":{"id":"d","platform":"linux"}}""";

    /// @param opcode -1 at the end of the stream
    /// @param closeCode of a close frame
    record Frame(int opcode, int closeCode, String text) {}

    final Socket socket = new Socket();
    private final DataInputStream in;

    RawPeer(InetSocketAddress address, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.connect(address);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    /// Connected, the handshake done.
    static RawPeer connect(InetSocketAddress address) throws IOException {
        return connect(address, 0);
    }

    static RawPeer connect(InetSocketAddress address, int receiveBuffer) throws IOException {
        var peer = new RawPeer(address, receiveBuffer);
        var head = peer.request("GET /ws HTTP/1.1", upgradeHeaders());
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("handshake refused: " + head);
        }
        return peer;
    }

    /// Connected and welcomed.
    static RawPeer session(InetSocketAddress address) throws IOException {
        return session(address, 0);
    }

    static RawPeer session(InetSocketAddress address, int receiveBuffer) throws IOException {
        var peer = connect(address, receiveBuffer);
        peer.text(HELLO);
        var welcome = peer.read().text();
        if (!welcome.contains("\"welcome\"")) {
            throw new IOException("not welcome: " + welcome);
        }
        return peer;
    }

    static String upgradeHeaders() {
        return """
                Host: x
                Upgrade: websocket
                Connection: keep-alive, Upgrade
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                """;
    }

    /// Sends an HTTP request, returns the head of the answer.
    String request(String line, String headers) throws IOException {
        bytes((line + "\n" + headers + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return head();
    }

    /// Reads the head of an HTTP answer.
    String head() throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /// Everything up to the end of the stream.
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    void bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void text(String json) throws IOException {
        frame(true, TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    void frame(boolean last, int opcode, byte[] payload) throws IOException {
        bytes(encode(last, opcode, payload));
    }

    static byte[] encode(boolean last, int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(14 + payload.length);
        frame.put((byte) ((last ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0x01020304);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ ((i & 3) + 1)));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    Frame read() throws IOException {
        try {
            int opcode = in.readByte() & 0xF;
            long length = in.readByte() & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] payload = new byte[(int) length];
            in.readFully(payload);
            int code = opcode == CLOSE && length >= 2 ? ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF) : 0;
            return new Frame(opcode, code, new String(payload, StandardCharsets.UTF_8));
        } catch (EOFException | SocketException _) {
            return new Frame(-1, 0, "");
        }
    }

    /// The next frame of this kind, others skipped; the end of the stream counts as every kind.
    Frame read(int opcode) throws IOException {
        while (true) {
            var frame = read();
            if (frame.opcode == opcode || frame.opcode == -1) {
                return frame;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
