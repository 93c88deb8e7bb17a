package io.magpie.e2e.harness;

import io.magpie.bench.target.Address;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// An HTTP connection to the Socket.IO door, down to its bytes. Not thread-safe.
public final class RawHttp implements AutoCloseable {
    /// Where a session by polling begins.
    public static final String OPEN = "/socket.io/?EIO=4&transport=polling";

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final Socket socket = new Socket();
    private final InputStream in;

    public RawHttp(Address address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Person.PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(address.host(), address.port()));
        in = socket.getInputStream();
    }

    public static String request(String what, String... headers) {
        return what + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n")
                + "\r\n";
    }

    public void write(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException _) {
            // The server had enough before the end.
        }
    }

    public void end() throws IOException {
        try {
            socket.shutdownOutput();
        } catch (SocketException _) {
            // Closed from the other side.
        }
    }

    /// Reads to the end, which must come.
    public void drain() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException _) {
            // Reset, which is an end as well.
        }
    }

    public String post(String path, byte[] body) throws IOException {
        var request = new ByteArrayOutputStream();
        request.writeBytes(
                request("POST " + path, "Content-Length: " + body.length).getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        write(request.toByteArray());
        return response();
    }

    public String get(String path) throws IOException {
        return ask(request("GET " + path));
    }

    /// The answer, its head included.
    public String ask(String request) throws IOException {
        write(request.getBytes(StandardCharsets.US_ASCII));
        return response();
    }

    private String response() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("ended after " + head);
            }
            head.append((char) c);
        }
        var length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head + new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
