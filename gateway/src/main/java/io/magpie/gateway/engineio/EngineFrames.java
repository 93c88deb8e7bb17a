package io.magpie.gateway.engineio;

import io.magpie.gateway.websocket.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.base64.Base64;
import java.nio.charset.StandardCharsets;

/// What is written to a session: packets, each as the WebSocket frame it travels in. So one encoding serves all
/// receivers whose sessions have a WebSocket, which is most; [#appendPayload] takes the packets out again for those
/// that poll. One buffer may hold several packets.
public final class EngineFrames {
    private static final char MESSAGE = Packet.Type.MESSAGE.digit();

    private EngineFrames() {}

    /// A message of text, whose `length` bytes of UTF-8 are to be written behind what is there.
    public static ByteBuf text(ByteBufAllocator allocator, int length) {
        return WebSocketFrames.frame(allocator, WebSocketFrames.TEXT, 1 + length)
                .writeByte(MESSAGE);
    }

    /// A message of bytes, whose `length` bytes are to be written behind what is there.
    public static ByteBuf binary(ByteBufAllocator allocator, int length) {
        return WebSocketFrames.frame(allocator, WebSocketFrames.BINARY, length);
    }

    /// Whatever a live client answers by itself.
    public static ByteBuf ping(ByteBufAllocator allocator) {
        return control(allocator, Packet.Type.PING, "");
    }

    static ByteBuf control(ByteBufAllocator allocator, Packet.Type type, String data) {
        var frame = WebSocketFrames.frame(allocator, WebSocketFrames.TEXT, 1 + ByteBufUtil.utf8Bytes(data));
        frame.writeByte(type.digit()).writeCharSequence(data, StandardCharsets.UTF_8);
        return frame;
    }

    /// Appends the packets of `frames`, which is read to its end, to the body of a response.
    static void appendPayload(ByteBuf frames, ByteBuf body) {
        while (frames.isReadable()) {
            int opcode = frames.readByte() & 0xF;
            int length = frames.readByte() & 0x7F;
            length = length == 126 ? frames.readUnsignedShort() : length == 127 ? (int) frames.readLong() : length;
            separate(body);
            var packet = frames.readSlice(length);
            if (opcode == WebSocketFrames.BINARY) {
                appendBase64(packet, body.writeByte('b'));
            } else {
                body.writeBytes(packet);
            }
        }
    }

    static void appendPacket(Packet.Type type, ByteBuf body) {
        separate(body);
        body.writeByte(type.digit());
    }

    private static void separate(ByteBuf body) {
        if (body.isReadable()) {
            body.writeByte(Packet.SEPARATOR);
        }
    }

    private static void appendBase64(ByteBuf bytes, ByteBuf body) {
        var encoded = bytes.isReadable() ? Base64.encode(bytes, false) : Unpooled.EMPTY_BUFFER;
        try {
            body.writeBytes(encoded);
        } finally {
            encoded.release();
        }
    }
}
