package io.magpie.gateway.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A packet from the client. Decoding never throws; null is what is no packet.
///
/// @param data on the heap, behind the type
record Packet(Type type, boolean binary, ByteBuf data) {
    static final byte SEPARATOR = 0x1E;
    private static final byte BASE64 = 'b';
    private static final Type[] TYPES = Type.values();

    enum Type {
        OPEN('0'),
        CLOSE('1'),
        PING('2'),
        PONG('3'),
        MESSAGE('4'),
        UPGRADE('5'),
        NOOP('6');

        private final char digit;

        Type(char digit) {
            this.digit = digit;
        }

        char digit() {
            return digit;
        }

        static @Nullable Type of(byte digit) {
            for (var type : TYPES) {
                if (type.digit == digit) {
                    return type;
                }
            }
            return null;
        }
    }

    boolean isProbe() {
        return type == Type.PING && data.toString(StandardCharsets.US_ASCII).equals("probe");
    }

    /// A packet as text: a digit and what belongs to it.
    static @Nullable Packet text(ByteBuf text) {
        var type = text.isReadable() ? Type.of(text.getByte(text.readerIndex())) : null;
        if (type == null || !ByteBufUtil.isText(text, StandardCharsets.UTF_8)) {
            return null;
        }
        return new Packet(type, false, text.slice(text.readerIndex() + 1, text.readableBytes() - 1));
    }

    static Packet binary(ByteBuf data) {
        return new Packet(Type.MESSAGE, true, data);
    }

    /// All packets of the body of a request; null if one of them is none.
    static @Nullable List<Packet> payload(ByteBuf body) {
        List<Packet> packets = new ArrayList<>();
        int from = body.readerIndex();
        while (from <= body.writerIndex()) {
            int end = body.forEachByte(from, body.writerIndex() - from, new ByteProcessor.IndexOfProcessor(SEPARATOR));
            end = end < 0 ? body.writerIndex() : end;
            var packet = one(body.slice(from, end - from));
            if (packet == null) {
                return null;
            }
            packets.add(packet);
            from = end + 1;
        }
        return packets;
    }

    private static @Nullable Packet one(ByteBuf text) {
        if (!text.isReadable() || text.getByte(0) != BASE64) {
            return text(text);
        }
        try {
            ByteBuffer encoded = text.nioBuffer(1, text.readableBytes() - 1);
            return binary(Unpooled.wrappedBuffer(Base64.getDecoder().decode(encoded)));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
