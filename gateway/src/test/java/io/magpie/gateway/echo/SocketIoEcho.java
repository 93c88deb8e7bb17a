package io.magpie.gateway.echo;

import io.magpie.gateway.socketio.Namespaces;
import io.magpie.gateway.socketio.SocketFrames;
import io.magpie.gateway.socketio.SocketIoDecoder;
import io.magpie.gateway.socketio.SocketPacket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Serves `/` and `/custom`: emits `auth` with what CONNECT carried, answers `message` with `message-back`,
/// acknowledges `message-with-ack`, each with the arguments it got. Beyond the official suites: at `ask` it emits
/// `question`, to be acknowledged, and what the acknowledgement brings comes back as `answer`.
public final class SocketIoEcho extends ChannelInboundHandlerAdapter {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /// The suites miss a frame that reaches them in one segment with the frame before it.
    private static final long AUTH_MILLIS = 30;

    private final Namespaces namespaces;

    private SocketIoEcho(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    public static EchoServer start(EchoSettings settings) {
        return new EchoServer(settings, session -> {
            var namespaces = new Namespaces(Set.of(SocketPacket.MAIN, "/custom"), CONNECT_TIMEOUT);
            session.pipeline()
                    .addLast(new SocketIoDecoder(settings.maxPayload()), namespaces, new SocketIoEcho(namespaces));
        });
    }

    public static void main(String... arguments) {
        EchoMain.run(arguments, SocketIoEcho::start);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch ((SocketPacket) message) {
            case SocketPacket.Connect(var namespace, var auth) -> {
                var sid = UUID.randomUUID().toString();
                var _ = ctx.writeAndFlush(namespaces.enter(ctx.alloc(), namespace, sid));
                var arguments = SocketPacket.Arguments.of(auth);
                var _ = ctx.executor()
                        .schedule(() -> emit(ctx, namespace, "auth", arguments), AUTH_MILLIS, TimeUnit.MILLISECONDS);
            }
            case SocketPacket.Event event -> answer(ctx, event);
            case SocketPacket.Disconnect _, SocketPacket.Ack _ -> {}
        }
    }

    private void answer(ChannelHandlerContext ctx, SocketPacket.Event event) {
        var namespace = event.namespace();
        switch (event.name()) {
            case "message" -> emit(ctx, namespace, "message-back", event.arguments());
            case "message-with-ack" -> {
                var _ = ctx.writeAndFlush(SocketFrames.ack(ctx.alloc(), namespace, event.id(), event.arguments()));
            }
            case "ask" -> {
                var _ = ctx.writeAndFlush(namespaces.ask(
                        ctx.alloc(),
                        namespace,
                        "question",
                        event.arguments(),
                        arguments -> emit(ctx, namespace, "answer", arguments)));
            }
            default -> {}
        }
    }

    private static void emit(
            ChannelHandlerContext ctx, String namespace, String name, SocketPacket.Arguments arguments) {
        var _ = ctx.writeAndFlush(SocketFrames.event(ctx.alloc(), namespace, SocketPacket.NO_ACK, name, arguments));
    }
}
