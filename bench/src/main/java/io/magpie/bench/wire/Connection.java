package io.magpie.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One connection from the client's side. Reads frames where they lie. Everything here but [#execute] and [#close] is
/// for the connection's event loop.
public final class Connection extends ChannelInboundHandlerAdapter {
    /// Called on the event loop. The bytes are valid during the call only.
    public interface Listener {
        void opened(Connection connection);

        void frame(Connection connection, byte[] bytes, int from, int to);

        /// At most once, also for a connection that never opened.
        void closed(Connection connection, String reason);
    }

    private static final byte[] NOTHING = new byte[0];

    private final Listener listener;
    private final Scratch scratch;
    private final Framing framing;
    private @Nullable Channel channel;
    private byte[] rest = NOTHING;
    private @Nullable String closeReason;

    Connection(Endpoint endpoint, String requestTarget, Listener listener, Scratch scratch, int mask) {
        this.listener = listener;
        this.scratch = scratch;
        this.framing = switch (endpoint.form()) {
            case WEBSOCKET_TEXT, WEBSOCKET_BINARY -> new WebSocketFraming(this, endpoint, requestTarget, mask);
            case VARINT -> new VarintFraming(this);
            case XML -> new XmlFraming(this);
        };
    }

    private Channel channel() {
        Channel known = channel;
        if (known == null) {
            throw new IllegalStateException("not connected yet");
        }
        return known;
    }

    /// Runs on this connection's event loop. Any thread.
    public void execute(Runnable task) {
        channel().eventLoop().execute(task);
    }

    /// Any thread.
    public void close() {
        Channel known = channel;
        if (known != null) {
            var _ = known.close();
        }
    }

    /// Writes without flushing; what is written while frames are being read leaves when that batch is done.
    public void send(Outgoing message) {
        framing.write(message.array(), 0, message.length());
    }

    public void flush() {
        channel().flush();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        framing.begin();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            int length = rest.length + in.readableBytes();
            byte[] bytes = scratch.room(length);
            System.arraycopy(rest, 0, bytes, 0, rest.length);
            in.readBytes(bytes, rest.length, length - rest.length);
            int used = 0;
            for (int next = 0; next >= 0 && used < length; ) {
                next = framing.frame(bytes, used, length);
                used = Math.max(used, next);
            }
            rest = used == length ? NOTHING : Arrays.copyOfRange(bytes, used, length);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        listener.closed(this, closeReason == null ? "connection lost" : closeReason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause.toString());
    }

    void opened() {
        listener.opened(this);
    }

    void frame(byte[] bytes, int from, int to) {
        listener.frame(this, bytes, from, to);
    }

    void fail(String reason) {
        if (closeReason == null) {
            closeReason = reason;
        }
        close();
    }

    void unreachable(Throwable cause) {
        listener.closed(this, String.valueOf(cause));
    }

    Scratch scratch() {
        return scratch;
    }

    ByteBuf buffer(int size) {
        return channel().alloc().directBuffer(size);
    }

    void write(ByteBuf out) {
        var _ = channel().write(out, channel().voidPromise());
    }

    void writeAscii(String text) {
        ByteBuf out = buffer(text.length());
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
        var _ = channel().writeAndFlush(out, channel().voidPromise());
    }
}
