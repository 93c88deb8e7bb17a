package io.magpie.e2e.harness;

import io.magpie.bench.target.Address;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A WebSocket down to its bytes: it can break off, keep silent and send what no library lets one send. One thread
/// reads; writes are serialised.
public final class Wire implements AutoCloseable {
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    private static final String JSON = "magpie.v1.json";
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int CONNECT_MS = 20_000;
    private static final int LINE = 4096;

    private final Socket socket;
    private final DataInputStream in;

    /// A whole frame of the server's, control frames included.
    @SuppressWarnings("ArrayRecordComponent") // frames are never compared
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /// Of a close frame: its code, or 1005 if it has none.
        public int code() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        }
    }

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1024));
    }

    /// A connection that has not said anything yet.
    public static Wire dial(Address address) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MS);
            return new Wire(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// A connection with the handshake done, to speak JSON.
    public static Wire open(Address address) throws IOException {
        return open(address, JSON);
    }

    /// A connection with the handshake done.
    public static Wire open(Address address, String subprotocol) throws IOException {
        return upgraded(address, handshake(address, subprotocol));
    }

    /// A WebSocket at another path, where no subprotocol is spoken.
    public static Wire opened(Address address, String path) throws IOException {
        return opened(address, path, "");
    }

    /// @param headers more lines of the handshake, each with its end
    public static Wire opened(Address address, String path, String headers) throws IOException {
        return upgraded(address, handshake(address, path, headers));
    }

    private static Wire upgraded(Address address, byte[] handshake) throws IOException {
        var wire = dial(address);
        try {
            wire.raw(handshake);
            wire.upgraded();
            return wire;
        } catch (IOException e) {
            wire.abort();
            throw e;
        }
    }

    public static byte[] handshake(Address address) {
        return handshake(address, JSON);
    }

    private static byte[] handshake(Address address, String subprotocol) {
        return handshake(address, "/ws", "Sec-WebSocket-Protocol: " + subprotocol + "\r\n");
    }

    private static byte[] handshake(Address address, String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: " + address
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// Reads the answer to the handshake.
    public void upgraded() throws IOException {
        String status = line();
        for (String header = line(); !header.isEmpty(); ) {
            header = line();
        }
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + status);
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.size() > LINE) {
                throw new EOFException("ended in the handshake after " + line);
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    public void text(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void frame(int opcode, byte[] payload) throws IOException {
        raw(encoded(opcode, payload));
    }

    /// As it goes over the wire. The mask is zero, which leaves the payload as it is.
    public static byte[] encoded(int opcode, byte[] payload) {
        int length = payload.length;
        int extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
        byte[] bytes = new byte[2 + extended + 4 + length];
        bytes[0] = (byte) (FINAL | opcode);
        bytes[1] = (byte) (MASKED | (extended == 0 ? length : extended == 2 ? 126 : 127));
        for (int i = 0; i < extended; i++) {
            bytes[2 + i] = (byte) ((long) length >>> (8 * (extended - 1 - i)));
        }
        System.arraycopy(payload, 0, bytes, 2 + extended + 4, length);
        return bytes;
    }

    public void raw(byte[] bytes) throws IOException {
        synchronized (socket) {
            socket.getOutputStream().write(bytes);
        }
    }

    /// The next frame; blocks.
    ///
    /// @throws EOFException when the server has closed the connection
    public Frame read() throws IOException {
        int head = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if ((head & FINAL) == 0 || (second & MASKED) != 0) {
            throw new IOException("frame that begins %02x %02x (expected: whole and unmasked)".formatted(head, second));
        }
        int length = switch (second) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> second;
        };
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(head & 0xF, payload);
    }

    /// How long [#read] waits before it throws a `SocketTimeoutException`; 0 for ever.
    public void patience(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
    }

    /// What is left until the server closes.
    public InputStream rest() {
        return in;
    }

    /// Ends the connection without a word, leaving nothing behind in this machine's tables.
    public void abort() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // It is closed, which is what was asked for.
        }
    }

    /// Ends the connection as TCP does.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed, which is what was asked for.
        }
    }
}
