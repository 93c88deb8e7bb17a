package io.magpie.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// Server frames of RFC 6455: whole, unmasked, uncompressed, so that one encoding serves every receiver.
public final class WebSocketFrames {
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int FINAL = 0x80;
    private static final int MAX_HEADER = 10;

    private WebSocketFrames() {}

    public static ByteBuf text(ByteBufAllocator allocator, byte[] payload) {
        return frame(allocator, TEXT, payload.length).writeBytes(payload);
    }

    public static ByteBuf binary(ByteBufAllocator allocator, byte[] payload) {
        return frame(allocator, BINARY, payload.length).writeBytes(payload);
    }

    public static ByteBuf ping(ByteBufAllocator allocator) {
        return frame(allocator, PING, 0);
    }

    public static ByteBuf pong(ByteBufAllocator allocator, ByteBuf payload) {
        return frame(allocator, PONG, payload.readableBytes())
                .writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    /// @param reason for people
    public static ByteBuf close(ByteBufAllocator allocator, int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        return frame(allocator, CLOSE, 2 + text.length).writeShort(code).writeBytes(text);
    }

    /// A header, and room for the `length` bytes to be written behind it.
    public static ByteBuf frame(ByteBufAllocator allocator, int opcode, int length) {
        var frame = allocator.directBuffer(MAX_HEADER + length).writeByte(FINAL | opcode);
        if (length < 126) {
            frame.writeByte(length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(126).writeShort(length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
        return frame;
    }
}
