package io.magpie.gateway.socketio;

import io.magpie.gateway.engineio.Message;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages of a session to [SocketPacket]s; joins attachments to the packet they belong to, within the limit of a
/// message. What is no packet closes the session.
public final class SocketIoDecoder extends ChannelInboundHandlerAdapter {
    private final int maxBytes;
    private @Nullable Header waiting;
    private List<ByteBuf> attachments = new ArrayList<>(0);
    private int bytes;

    /// @param maxBytes of a packet, its attachments included
    public SocketIoDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof Message(boolean binary, ByteBuf data))) {
            ctx.fireChannelRead(message);
            return;
        }
        bytes = waiting == null ? data.readableBytes() : bytes + data.readableBytes();
        if (bytes > maxBytes || binary != (waiting != null)) {
            close(ctx);
        } else if (waiting == null) {
            begin(ctx, data);
        } else {
            attachments.add(data);
            complete(ctx, waiting);
        }
    }

    private void begin(ChannelHandlerContext ctx, ByteBuf data) {
        var header = Header.of(data);
        if (header == null) {
            close(ctx);
        } else if (header.attachments() > 0) {
            waiting = header;
        } else {
            pass(ctx, packet(header, List.of()));
        }
    }

    private void complete(ChannelHandlerContext ctx, Header header) {
        if (attachments.size() == header.attachments()) {
            var all = attachments;
            attachments = new ArrayList<>(0);
            waiting = null;
            pass(ctx, packet(header, all));
        }
    }

    private static void pass(ChannelHandlerContext ctx, @Nullable SocketPacket packet) {
        if (packet == null) {
            close(ctx);
        } else {
            ctx.fireChannelRead(packet);
        }
    }

    private static void close(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    private static @Nullable SocketPacket packet(Header header, List<ByteBuf> attachments) {
        var namespace = header.namespace();
        return switch (header.type()) {
            case CONNECT -> {
                var auth = Payload.object(header.payload());
                yield auth == null ? null : new SocketPacket.Connect(namespace, auth);
            }
            case DISCONNECT -> header.payload().isReadable() ? null : new SocketPacket.Disconnect(namespace);
            case EVENT, BINARY_EVENT -> {
                var parts = Payload.event(header.payload(), attachments.size());
                yield parts == null
                        ? null
                        : new SocketPacket.Event(
                                namespace,
                                header.id(),
                                parts.name(),
                                new SocketPacket.Arguments(parts.arguments(), attachments));
            }
            case ACK, BINARY_ACK -> {
                var parts = Payload.ack(header.payload(), attachments.size());
                yield parts == null || header.id() == SocketPacket.NO_ACK
                        ? null
                        : new SocketPacket.Ack(
                                namespace, header.id(), new SocketPacket.Arguments(parts.arguments(), attachments));
            }
            // Only a server says that.
            case CONNECT_ERROR -> null;
        };
    }
}
