package io.magpie.gateway;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.TextFormat;
import io.magpie.protocol.v1.Frame;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/// A client of the TCP port made of the generated classes alone. It answers no ping and may send anything.
final class TcpPeer implements AutoCloseable {
    static final String HELLO = "id:'h' hello{token:'good' device{id:'d' platform:PLATFORM_LINUX}}";

    final Socket socket;
    private final InputStream in;

    TcpPeer(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static TcpPeer connect(InetSocketAddress address) throws IOException {
        return new TcpPeer(new Socket(address.getAddress(), address.getPort()));
    }

    /// Connected and welcomed.
    static TcpPeer session(InetSocketAddress address) throws IOException {
        var peer = connect(address);
        peer.say(HELLO);
        var welcome = peer.read();
        if (!welcome.hasWelcome()) {
            throw new IOException("not welcome: " + welcome);
        }
        return peer;
    }

    /// Sends a frame in protobuf's text format.
    void say(String frame) throws IOException {
        try {
            bytes(framed(TextFormat.parse(frame, Frame.class).toByteArray()));
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(frame, e);
        }
    }

    void bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// The length, then the frame.
    static byte[] framed(byte[] frame) throws IOException {
        var framed = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(framed);
        out.writeUInt32NoTag(frame.length);
        out.flush();
        framed.write(frame);
        return framed.toByteArray();
    }

    /// The next frame.
    Frame read() throws IOException {
        var frame = next();
        if (frame == null) {
            throw new EOFException("the server has ended the stream");
        }
        return frame;
    }

    /// Whether the server has ended the stream; waits for what comes next, which is lost.
    boolean ended() throws IOException {
        return next() == null;
    }

    /// Null at the end of the stream.
    @Nullable
    Frame next() throws IOException {
        try {
            return Frame.parseDelimitedFrom(in);
        } catch (SocketException _) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
