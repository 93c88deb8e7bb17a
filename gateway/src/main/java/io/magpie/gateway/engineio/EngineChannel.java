package io.magpie.gateway.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One session, as a channel. What is written waits in the channel's own buffer until a poll or a WebSocket takes it,
/// so its water marks bound what a client that does not read can cost. Reading is stopped by `autoRead`: a WebSocket
/// is not read from then, and a POST stays unanswered, so the client sends no other.
///
/// Everything happens on the channel's event loop; what sockets on other loops bring is handed over by the lane.
public final class EngineChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    /// No response is made longer by a further message; the rest waits for the next poll.
    private static final int FULL_RESPONSE = 256 << 10;

    private static final long UPGRADE_MILLIS = 100;

    private enum State {
        NEW,
        OPEN,
        CLOSED
    }

    private final EngineServer server;
    private final String sid;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final Executor lane;
    private final ChannelConfig config = new Config();
    private final boolean upgradable;
    private volatile State state = State.NEW;
    private @Nullable Heartbeat heartbeat;
    private @Nullable EngineSocket socket;
    private @Nullable EngineSocket candidate;
    private boolean probed;
    private @Nullable Future<?> upgradeTimer;
    private @Nullable Exchange poll;
    private @Nullable Exchange post;
    private boolean posted;
    private boolean lingering;
    private Packet.Type farewell = Packet.Type.CLOSE;

    /// @param socket null for a session that begins by polling
    EngineChannel(EngineServer server, String sid, Channel opener, Executor lane, @Nullable EngineSocket socket) {
        super(null);
        this.server = server;
        this.sid = sid;
        this.local = opener.localAddress();
        this.remote = opener.remoteAddress();
        this.lane = lane;
        this.socket = socket;
        this.upgradable = socket == null;
    }

    public String sid() {
        return sid;
    }

    /// What the `open` packet tells the client.
    String handshake() {
        var settings = server.settings();
        return "{\"sid\":\"%s\",\"upgrades\":[%s],\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}"
                .formatted(
                        sid,
                        upgradable ? "\"websocket\"" : "",
                        settings.pingInterval().toMillis(),
                        settings.pingTimeout().toMillis(),
                        settings.maxPayload());
    }

    // --- what sockets bring, on whatever loop ---

    void poll(Exchange exchange) {
        lane.execute(() -> take(exchange));
    }

    /// The head of a POST is here.
    void postBegins(Exchange exchange) {
        lane.execute(() -> begin(exchange));
    }

    /// The whole body is here.
    void postEnds(Exchange exchange, ByteBuf body) {
        lane.execute(() -> read(exchange, body));
    }

    /// The socket of an unanswered request is gone.
    void aborted(Exchange exchange) {
        lane.execute(() -> {
            if (exchange == poll || exchange == post) {
                end();
            }
        });
    }

    void upgrade(EngineSocket asking) {
        lane.execute(() -> offer(asking));
    }

    /// @param packet null if it is none
    void receive(EngineSocket from, @Nullable Packet packet) {
        lane.execute(() -> {
            if (from == socket) {
                pass(packet);
                pipeline().fireChannelReadComplete();
            } else if (from == candidate) {
                negotiate(from, packet);
            }
        });
    }

    void writable(EngineSocket from) {
        lane.execute(() -> {
            if (from == socket) {
                unsafe().flush();
            }
        });
    }

    void gone(EngineSocket from) {
        lane.execute(() -> {
            if (from == socket) {
                end();
            } else if (from == candidate) {
                dropCandidate();
            }
        });
    }

    // --- polling ---

    private void take(Exchange exchange) {
        if (state == State.CLOSED && lingering) {
            exchange.packet(farewell);
            forget();
        } else if (state != State.OPEN) {
            exchange.refuse(EngineError.UNKNOWN_SESSION);
        } else if (socket != null) {
            exchange.refuse(EngineError.BAD_REQUEST);
        } else if (poll != null) {
            exchange.refuse(EngineError.BAD_REQUEST);
            end();
        } else {
            poll = exchange;
            unsafe().flush();
            if (probed) {
                // The packet that completes the upgrade may be on its way.
                var _ = eventLoop().schedule(this::releasePoll, UPGRADE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /// While the client tries a WebSocket nothing may wait in a poll, or the client would wait for its end.
    private void releasePoll() {
        if (poll != null && probed) {
            poll.packet(Packet.Type.NOOP);
            poll = null;
        }
    }

    private void begin(Exchange exchange) {
        if (state != State.OPEN) {
            exchange.refuse(EngineError.UNKNOWN_SESSION);
        } else if (socket != null) {
            exchange.refuse(EngineError.BAD_REQUEST);
        } else if (post != null) {
            exchange.refuse(EngineError.BAD_REQUEST);
            end();
        } else {
            post = exchange;
            posted = false;
        }
    }

    private void read(Exchange exchange, ByteBuf body) {
        if (exchange != post) {
            return;
        }
        var packets = Packet.payload(body);
        if (packets == null) {
            post = null;
            exchange.refuse(EngineError.BAD_REQUEST);
            end();
            return;
        }
        for (var packet : packets) {
            if (state == State.OPEN) {
                pass(packet);
            }
        }
        posted = true;
        acceptPost();
        pipeline().fireChannelReadComplete();
    }

    private void acceptPost() {
        if (post != null && posted && config.isAutoRead()) {
            post.ok();
            post = null;
        }
    }

    // --- upgrade ---

    private void offer(EngineSocket asking) {
        if (state != State.OPEN || socket != null || candidate != null) {
            asking.end();
            return;
        }
        candidate = asking;
        upgradeTimer = eventLoop()
                .schedule(
                        () -> {
                            asking.end();
                            dropCandidate();
                        },
                        server.settings().patience().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void negotiate(EngineSocket asking, @Nullable Packet packet) {
        if (packet != null && packet.isProbe()) {
            probed = true;
            asking.write(EngineFrames.control(alloc(), Packet.Type.PONG, "probe"));
            asking.flush();
            releasePoll();
        } else if (packet != null && packet.type() == Packet.Type.UPGRADE && probed) {
            dropCandidate();
            socket = asking;
            if (poll != null) {
                poll.refuse(EngineError.BAD_REQUEST);
                poll = null;
            }
            unsafe().flush();
        } else {
            asking.end();
            dropCandidate();
        }
    }

    private void dropCandidate() {
        candidate = null;
        probed = false;
        if (upgradeTimer != null) {
            upgradeTimer.cancel(false);
            upgradeTimer = null;
        }
    }

    // --- packets ---

    private void pass(@Nullable Packet packet) {
        if (packet == null) {
            end();
            return;
        }
        pipeline().fireUserEventTriggered(new Heard(1 + packet.data().readableBytes()));
        switch (packet.type()) {
            case MESSAGE -> pipeline().fireChannelRead(new Message(packet.binary(), packet.data()));
            case PONG -> {
                if (heartbeat != null) {
                    heartbeat.answered();
                }
            }
            case CLOSE -> {
                farewell = Packet.Type.NOOP;
                end();
            }
            // In this revision only the server pings.
            case PING -> end();
            case OPEN, UPGRADE, NOOP -> {}
        }
    }

    private void forget() {
        lingering = false;
        server.forget(this);
    }

    private void end() {
        unsafe().close(voidPromise());
    }

    // --- the channel ---

    @Override
    protected void doRegister(ChannelPromise promise) {
        state = State.OPEN;
        heartbeat = new Heartbeat(eventLoop(), server.settings(), this::ping, this::silent);
        heartbeat.start();
        promise.setSuccess();
    }

    private void ping() {
        var _ = writeAndFlush(EngineFrames.ping(alloc()));
    }

    /// While nothing is read the client cannot prove that it lives.
    private void silent() {
        if (config.isAutoRead() || heartbeat == null) {
            end();
        } else {
            heartbeat.stop();
            heartbeat.start();
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        if (socket != null) {
            forward(in, socket);
        } else if (poll != null) {
            var exchange = poll;
            poll = null;
            answer(in, exchange);
        }
    }

    private static void forward(ChannelOutboundBuffer in, EngineSocket to) {
        for (var frame = in.current(); frame != null && to.isWritable(); frame = in.current()) {
            if (frame instanceof ByteBuf bytes && bytes.isReadable()) {
                to.write(bytes.retain());
            }
            in.remove();
        }
        to.flush();
    }

    private void answer(ChannelOutboundBuffer in, Exchange exchange) {
        var body = alloc().buffer();
        for (var frame = in.current(); frame != null && body.readableBytes() < FULL_RESPONSE; frame = in.current()) {
            if (frame instanceof ByteBuf bytes) {
                EngineFrames.appendPayload(bytes, body);
            }
            // Whoever waited for the last one to be taken may close the channel from here.
            in.remove();
        }
        if (state == State.CLOSED) {
            EngineFrames.appendPacket(farewell, body);
        }
        if (body.isReadable()) {
            exchange.payload(body);
        } else {
            body.release();
            poll = exchange;
        }
    }

    @Override
    protected void doClose() {
        state = State.CLOSED;
        // A client's requests travel over several sockets: the poll it sent before it closed may come after that.
        lingering = farewell == Packet.Type.NOOP && poll == null && socket == null;
        if (lingering) {
            var _ = eventLoop().schedule(this::forget, server.settings().grace().toNanos(), TimeUnit.NANOSECONDS);
        } else {
            forget();
        }
        if (heartbeat != null) {
            heartbeat.stop();
        }
        if (poll != null) {
            poll.packet(farewell);
            poll = null;
        }
        if (post != null) {
            post.ok();
            post = null;
        }
        if (socket != null) {
            socket.end();
        }
        if (candidate != null) {
            candidate.end();
            dropCandidate();
        }
    }

    @Override
    protected void doBeginRead() {
        acceptPost();
        if (socket != null) {
            socket.read(true);
        }
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a session is opened by its client");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED;
    }

    @Override
    public boolean isActive() {
        return state == State.OPEN;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remoteAddress, SocketAddress localAddress, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException("a session is opened by its client"));
            }
        };
    }

    private final class Config extends DefaultChannelConfig {
        Config() {
            super(EngineChannel.this);
        }

        @Override
        protected void autoReadCleared() {
            var from = socket;
            if (from != null) {
                from.read(false);
            }
        }
    }
}
