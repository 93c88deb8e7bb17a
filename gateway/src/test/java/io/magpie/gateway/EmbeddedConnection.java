package io.magpie.gateway;

import io.magpie.core.command.Command;
import io.magpie.core.device.Device;
import io.magpie.core.device.Login;
import io.magpie.core.device.Platform;
import io.magpie.core.session.Session;
import io.magpie.protocol.json.JsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/// A connection without a socket: its lane is the test's thread, its clock stands still until the test moves
/// it, and what passes the handlers under test is kept.
final class EmbeddedConnection {
    static final Device DEVICE = new Device("d", Platform.LINUX, "");
    static final Command.Hello HELLO = new Command.Hello("good", DEVICE);

    final AtomicLong nanos = new AtomicLong();
    final EmbeddedChannel channel = new EmbeddedChannel();
    final FakeHandler handler = new FakeHandler();
    final GatewayStats stats = new GatewayStats();
    final LoopLane lane = new LoopLane(channel.eventLoop(), nanos::get);
    final Wire wire = new WebSocketWire(new JsonCodec(), false);
    final Intake intake = new Intake(lane);
    final Queue<Object> passed = new ArrayDeque<>();
    final ClientConnection connection;
    final Malformed malformed;

    EmbeddedConnection() {
        connection = new ClientConnection(
                channel, InetAddress.getLoopbackAddress(), lane, TestGateway.settings(), handler, stats);
        malformed = new Malformed(connection, stats);
        stats.connected();
        lane.add(connection);
        var _ = channel.closeFuture().addListener(_ -> connection.gone());
        channel.pipeline().addLast("end", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                passed.add(message);
            }
        });
    }

    /// Set up to speak JSON, `intake` in the pipeline.
    EmbeddedConnection speaking() {
        channel.pipeline().addBefore("end", "intake", intake);
        connection.speak(wire, intake);
        return this;
    }

    EmbeddedConnection with(ChannelInboundHandlerAdapter handlerUnderTest) {
        channel.pipeline().addBefore("end", "tested", handlerUnderTest);
        return this;
    }

    Session session() {
        var session = new Session(new Login(1, 1, DEVICE, 0, 0, 0), DEVICE, connection, Runnable::run, 0);
        if (!connection.open(session)) {
            throw new IllegalStateException("already open");
        }
        return session;
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        connection.check(lane.now());
        settle();
    }

    void settle() {
        channel.runPendingTasks();
    }

    /// The frames written since the last call, as `opcode:payload`.
    List<String> written() {
        settle();
        channel.flush();
        var frames = new ArrayList<String>();
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            if (frame.isReadable()) {
                int opcode = frame.readByte() & 0xF;
                int length = frame.readByte() & 0x7F;
                if (length == 126) {
                    length = frame.readUnsignedShort();
                }
                frames.add(opcode + ":" + frame.toString(frame.readerIndex(), length, StandardCharsets.UTF_8));
            }
            frame.release();
        }
        return frames;
    }
}
