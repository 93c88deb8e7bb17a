package io.magpie.bench.dialect;

import io.magpie.bench.load.Stamp;
import io.magpie.bench.load.User;
import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;
import io.magpie.protocol.protobuf.ProtobufCodec;

/// Magpie's protobuf: a `Frame` per binary message of a WebSocket, or behind its length on TCP.
public final class MagpieProtobuf extends MagpieDialect {
    private static final int FRAME_ID = 1;
    private static final int FRAME_SEND = 4;
    private static final int FRAME_SENT = 18;
    private static final int FRAME_ENTRY = 23;
    private static final int CONVERSATION = 1;
    private static final int SEQ = 2;
    private static final int SEND_CLIENT_ID = 2;
    private static final int SEND_CONTENT = 3;
    private static final int TEXT = 1;

    public MagpieProtobuf(MagpieAccounts accounts, String unique) {
        super(new ProtobufCodec(), accounts, unique);
    }

    /// Where the reading of one frame stands. Fields of this protocol are varints or have a length.
    private static final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int at;
        private long value;
        private int start;

        Cursor(byte[] bytes, int at, int end) {
            this.bytes = bytes;
            this.at = at;
            this.end = end;
        }

        /// The number of the next field, 0 at the end. Of one with a length the bytes lie from `start` to `at`.
        int next() {
            if (at >= end) {
                return 0;
            }
            int tag = (int) varint();
            value = varint();
            start = at;
            if ((tag & 7) == 2) {
                at += (int) value;
            }
            return tag >>> 3;
        }

        private long varint() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[at++];
                number |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return number;
                }
            }
        }
    }

    @Override
    public void frame(User user, byte[] bytes, int from, int to) {
        Cursor cursor = new Cursor(bytes, from, to);
        int field = cursor.next();
        long number = -1;
        if (field == FRAME_ID) {
            number = Scan.decimal(bytes, cursor.start, cursor.at);
            field = cursor.next();
        }
        if (field == FRAME_ENTRY) {
            entry(user, bytes, cursor.start, cursor.at);
        } else if (field == FRAME_SENT) {
            user.acknowledged(number);
        } else {
            other(user, bytes, from, to);
        }
    }

    private void entry(User user, byte[] bytes, int from, int to) {
        Cursor cursor = new Cursor(bytes, from, to);
        int name = from;
        int nameEnd = from;
        for (int field = cursor.next(); field != 0; field = cursor.next()) {
            if (field == CONVERSATION) {
                name = cursor.start;
                nameEnd = cursor.at;
            } else if (field == SEQ) {
                entry(user, bytes, from, to, name, nameEnd, cursor.value);
                return;
            }
        }
        user.failed("entry without seq");
    }

    /// Lengths are reckoned before what they are of: fields inside fields.
    @Override
    public void message(User user, Outgoing out, byte[] address, long number, Stamp stamp) {
        byte[] digits = Scan.ascii(Long.toString(number));
        int text = stamp.size();
        int textContent = sized(text);
        int content = sized(textContent);
        int clientId = clientIdPrefix().length + digits.length;
        int send = sized(address.length) + sized(clientId) + sized(content);
        field(out, FRAME_ID, digits.length).put(digits);
        field(out, FRAME_SEND, send);
        field(out, CONVERSATION, address.length).put(address);
        field(out, SEND_CLIENT_ID, clientId).put(clientIdPrefix()).put(digits);
        field(out, SEND_CONTENT, content);
        field(out, TEXT, textContent);
        field(out, TEXT, text);
        stamp.writeTo(out);
    }

    /// A field of so many bytes, with its tag and length.
    private static int sized(int bytes) {
        return 1 + (bytes > 0x3FFF ? 3 : bytes > 0x7F ? 2 : 1) + bytes;
    }

    private static Outgoing field(Outgoing out, int number, int length) {
        return out.varint(number << 3 | 2).varint(length);
    }
}
