package io.magpie.gateway.socketio;

import io.magpie.gateway.engineio.EngineFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Packets for the client, encoded to be written to a session; each with its attachments in one buffer.
public final class SocketFrames {
    private SocketFrames() {}

    public static ByteBuf connected(ByteBufAllocator allocator, String namespace, String sid) {
        return packet(
                allocator,
                head(Header.Type.CONNECT, 0, namespace, SocketPacket.NO_ACK),
                Unpooled.EMPTY_BUFFER,
                "{\"sid\":\"" + sid + "\"}");
    }

    /// @param error a JSON object with a `message`
    public static ByteBuf refused(ByteBufAllocator allocator, String namespace, String error) {
        return packet(
                allocator,
                head(Header.Type.CONNECT_ERROR, 0, namespace, SocketPacket.NO_ACK),
                Unpooled.EMPTY_BUFFER,
                error);
    }

    public static ByteBuf disconnected(ByteBufAllocator allocator, String namespace) {
        return packet(
                allocator, head(Header.Type.DISCONNECT, 0, namespace, SocketPacket.NO_ACK), Unpooled.EMPTY_BUFFER, "");
    }

    /// @param id to be acknowledged; [SocketPacket#NO_ACK] if not
    /// @param name of the event: letters, digits, dashes and underscores
    public static ByteBuf event(
            ByteBufAllocator allocator, String namespace, long id, String name, SocketPacket.Arguments arguments) {
        int attachments = arguments.attachments().size();
        var type = attachments == 0 ? Header.Type.EVENT : Header.Type.BINARY_EVENT;
        var more = arguments.json().isReadable() ? "," : "";
        return withAttachments(
                allocator,
                packet(
                        allocator,
                        head(type, attachments, namespace, id) + "[\"" + name + "\"" + more,
                        arguments.json(),
                        "]"),
                arguments.attachments());
    }

    public static ByteBuf ack(ByteBufAllocator allocator, String namespace, long id, SocketPacket.Arguments arguments) {
        int attachments = arguments.attachments().size();
        var type = attachments == 0 ? Header.Type.ACK : Header.Type.BINARY_ACK;
        return withAttachments(
                allocator,
                packet(allocator, head(type, attachments, namespace, id) + "[", arguments.json(), "]"),
                arguments.attachments());
    }

    private static String head(Header.Type type, int attachments, String namespace, long id) {
        var head = new StringBuilder(16).append(type.digit());
        if (attachments > 0) {
            head.append(attachments).append('-');
        }
        if (!namespace.equals(SocketPacket.MAIN)) {
            head.append(namespace).append(',');
        }
        return id == SocketPacket.NO_ACK ? head.toString() : head.append(id).toString();
    }

    private static ByteBuf packet(ByteBufAllocator allocator, String before, ByteBuf json, String after) {
        int length = ByteBufUtil.utf8Bytes(before) + json.readableBytes() + ByteBufUtil.utf8Bytes(after);
        var frame = EngineFrames.text(allocator, length);
        frame.writeCharSequence(before, StandardCharsets.UTF_8);
        frame.writeBytes(json, json.readerIndex(), json.readableBytes());
        frame.writeCharSequence(after, StandardCharsets.UTF_8);
        return frame;
    }

    private static ByteBuf withAttachments(ByteBufAllocator allocator, ByteBuf packet, List<ByteBuf> attachments) {
        for (var attachment : attachments) {
            var frame = EngineFrames.binary(allocator, attachment.readableBytes());
            packet.writeBytes(frame).writeBytes(attachment, attachment.readerIndex(), attachment.readableBytes());
            frame.release();
        }
        return packet;
    }
}
