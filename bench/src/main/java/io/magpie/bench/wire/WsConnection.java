package io.magpie.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One WebSocket from the client's side. Reads frames where they lie and writes them masked, as the protocol demands;
/// understands nothing that servers of one small JSON object per message do not send (no fragments, no compression).
/// Everything here runs on the connection's event loop.
public final class WsConnection extends ChannelInboundHandlerAdapter {
    /// Called on the event loop. The bytes are valid during the call only.
    public interface Listener {
        void opened(WsConnection connection);

        void frame(WsConnection connection, byte[] bytes, int from, int to);

        /// At most once, also for a connection that never opened.
        void closed(String reason);
    }

    private static final byte[] END_OF_HEAD = Scan.ascii("\r\n\r\n");
    private static final byte[] SWITCHING = Scan.ascii("HTTP/1.1 101");
    private static final byte[] NOTHING = new byte[0];
    private static final int PONG = 0x8A;
    private static final int TEXT = 0x81;

    private final WsEndpoint endpoint;
    private final String requestTarget;
    private final Listener listener;
    private final Inbound inbound;
    private final int mask;
    private @Nullable Channel channel;
    private byte[] rest = NOTHING;
    private boolean open;
    private @Nullable String closeReason;

    WsConnection(WsEndpoint endpoint, String requestTarget, Listener listener, Inbound inbound, int mask) {
        this.endpoint = endpoint;
        this.requestTarget = requestTarget;
        this.listener = listener;
        this.inbound = inbound;
        this.mask = mask;
    }

    private Channel channel() {
        Channel known = channel;
        if (known == null) {
            throw new IllegalStateException("not connected yet");
        }
        return known;
    }

    /// Runs on this connection's event loop.
    public void execute(Runnable task) {
        channel().eventLoop().execute(task);
    }

    public void close() {
        Channel known = channel;
        if (known != null) {
            var _ = known.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        String head = "GET " + requestTarget + " HTTP/1.1\r\nHost: " + endpoint.host() + ":" + endpoint.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: bWFncGllLWJlbmNoLWtleQ==\r\n"
                + (endpoint.subprotocol().isEmpty() ? "" : "Sec-WebSocket-Protocol: " + endpoint.subprotocol() + "\r\n")
                + "\r\n";
        ByteBuf out = context.alloc().buffer(head.length());
        out.writeCharSequence(head, StandardCharsets.US_ASCII);
        var _ = context.writeAndFlush(out, context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            int length = rest.length + in.readableBytes();
            byte[] bytes = inbound.room(length);
            System.arraycopy(rest, 0, bytes, 0, rest.length);
            in.readBytes(bytes, rest.length, length - rest.length);
            int used = consume(bytes, length);
            rest = used == length ? NOTHING : Arrays.copyOfRange(bytes, used, length);
        } finally {
            in.release();
        }
    }

    private int consume(byte[] bytes, int length) {
        int at = 0;
        if (!open) {
            at = Scan.after(bytes, 0, length, END_OF_HEAD);
            if (at < 0) {
                return 0;
            }
            if (!Scan.startsWith(bytes, 0, length, SWITCHING)) {
                fail("refused: "
                        + new String(bytes, 0, Math.min(length, 60), StandardCharsets.US_ASCII)
                                .lines()
                                .findFirst()
                                .orElse(""));
                return length;
            }
            open = true;
            listener.opened(this);
        }
        while (true) {
            int next = frame(bytes, at, length);
            if (next < 0) {
                return at;
            }
            at = next;
        }
    }

    /// Handles the frame at `at`; the position after it, or -1 if it is not all there.
    private int frame(byte[] bytes, int at, int end) {
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
            size = Math.toIntExact(java.nio.ByteBuffer.wrap(bytes, at + 2, 8).getLong());
        }
        if (end - start < size) {
            return -1;
        }
        int head = bytes[at] & 0xFF;
        switch (head) {
            case TEXT, 0x82 -> listener.frame(this, bytes, start, start + size);
            case 0x89 -> write(PONG, bytes, start, size);
            case 0x88 -> fail("closed by the server" + closeText(bytes, start, size));
            case PONG -> {}
            default -> fail("frame that begins " + Integer.toHexString(head) + " (expected: one whole message)");
        }
        return start + size;
    }

    private static String closeText(byte[] bytes, int start, int size) {
        if (size < 2) {
            return "";
        }
        int code = (bytes[start] & 0xFF) << 8 | (bytes[start + 1] & 0xFF);
        return ", code " + code + " " + new String(bytes, start + 2, size - 2, StandardCharsets.UTF_8);
    }

    /// Writes without flushing; what is written while frames are being read leaves when that batch is done.
    public void send(Outgoing message) {
        write(TEXT, message.array(), 0, message.length());
    }

    public void flush() {
        channel().flush();
    }

    private void write(int head, byte[] bytes, int from, int size) {
        ByteBuf out = channel().alloc().directBuffer(size + 8);
        out.writeByte(head);
        if (size < 126) {
            out.writeByte(0x80 | size);
        } else if (size <= 0xFFFF) {
            out.writeByte(0x80 | 126).writeShort(size);
        } else {
            out.writeByte(0x80 | 127).writeLong(size);
        }
        out.writeInt(mask);
        byte[] masked = inbound.masked(bytes, from, size, mask);
        out.writeBytes(masked, 0, size);
        var _ = channel().write(out, channel().voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    private void fail(String reason) {
        if (closeReason == null) {
            closeReason = reason;
        }
        close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        listener.closed(closeReason == null ? "connection lost" : closeReason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause.toString());
    }

    /// Scratch memory of one event loop.
    static final class Inbound {
        private byte[] incoming = new byte[128 * 1024];
        private byte[] outgoing = new byte[4 * 1024];

        private byte[] room(int length) {
            if (incoming.length < length) {
                incoming = new byte[length * 2];
            }
            return incoming;
        }

        private byte[] masked(byte[] bytes, int from, int size, int mask) {
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
}
