package io.magpie.gateway.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What stands before the JSON of a packet: type, number of attachments, namespace, id.
///
/// @param payload what is behind it
record Header(Type type, int attachments, String namespace, long id, ByteBuf payload) {
    /// More than any client sends; each costs an object.
    static final int MAX_ATTACHMENTS = 10;

    private static final int MAX_NAMESPACE_BYTES = 256;
    /// Ids are numbers of JavaScript.
    private static final int MAX_ID_DIGITS = 15;

    private static final long TOO_LONG = -2;

    private static final Type[] TYPES = Type.values();

    enum Type {
        CONNECT('0'),
        DISCONNECT('1'),
        EVENT('2'),
        ACK('3'),
        CONNECT_ERROR('4'),
        BINARY_EVENT('5'),
        BINARY_ACK('6');

        private final char digit;

        Type(char digit) {
            this.digit = digit;
        }

        char digit() {
            return digit;
        }

        boolean isBinary() {
            return this == BINARY_EVENT || this == BINARY_ACK;
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

    /// Null if no packet begins like this.
    static @Nullable Header of(ByteBuf packet) {
        var rest = packet.slice();
        var type = rest.isReadable() ? Type.of(rest.readByte()) : null;
        if (type == null) {
            return null;
        }
        int attachments = 0;
        if (type.isBinary()) {
            attachments = (int) digits(rest, 2);
            if (attachments < 0 || attachments > MAX_ATTACHMENTS || !rest.isReadable() || rest.readByte() != '-') {
                return null;
            }
        }
        var namespace = namespace(rest);
        if (namespace == null) {
            return null;
        }
        long id = digits(rest, MAX_ID_DIGITS);
        return id == TOO_LONG ? null : new Header(type, attachments, namespace, id, rest.slice());
    }

    /// The number that stands here; [SocketPacket#NO_ACK] if there is none.
    private static long digits(ByteBuf rest, int max) {
        long number = SocketPacket.NO_ACK;
        for (int count = 0; rest.isReadable(); count++) {
            int digit = rest.getByte(rest.readerIndex()) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (count == max) {
                return TOO_LONG;
            }
            number = Math.max(0, number) * 10 + digit;
            rest.skipBytes(1);
        }
        return number;
    }

    /// The main one, unless another one is named, up to a comma or the end; null if its name is too long.
    private static @Nullable String namespace(ByteBuf rest) {
        if (!rest.isReadable() || rest.getByte(rest.readerIndex()) != '/') {
            return SocketPacket.MAIN;
        }
        int comma = rest.forEachByte(new ByteProcessor.IndexOfProcessor((byte) ','));
        int length = (comma < 0 ? rest.writerIndex() : comma) - rest.readerIndex();
        if (length > MAX_NAMESPACE_BYTES) {
            return null;
        }
        var name = rest.readCharSequence(length, StandardCharsets.UTF_8).toString();
        if (comma >= 0) {
            rest.skipBytes(1);
        }
        return name;
    }
}
