package io.magpie.bench.wire;

import io.netty.buffer.ByteBuf;

/// The stream of XMPP. Right for servers that escape `>` inside attributes, as they commonly do.
final class XmlFraming implements Framing {
    private static final byte[] STREAM = Scan.ascii("<stream:stream");
    private static final byte[] END_OF_STREAM = Scan.ascii("</stream:stream");

    private final Connection connection;

    XmlFraming(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void begin() {
        connection.opened();
        connection.flush();
    }

    @Override
    public int frame(byte[] bytes, int at, int end) {
        int start = at;
        while (start < end && bytes[start] != '<') {
            start++;
        }
        int after = start == end ? -1 : whole(bytes, start, end);
        if (after < 0) {
            return -1;
        }
        if (bytes[start + 1] == '?') {
            return after;
        }
        if (Scan.startsWith(bytes, start, end, END_OF_STREAM)) {
            connection.fail("the server ended the stream");
        } else {
            connection.frame(bytes, start, after);
        }
        return after;
    }

    /// Where the element, or the lone tag, that begins at `start` ends; -1 if it is not all there.
    private static int whole(byte[] bytes, int start, int end) {
        int depth = 0;
        int at = start;
        do {
            while (at < end && bytes[at] != '<') {
                at++;
            }
            int close = at;
            while (close < end && bytes[close] != '>') {
                close++;
            }
            if (close >= end) {
                return -1;
            }
            if (alone(bytes, at, end)) {
                return close + 1;
            }
            if (bytes[at + 1] == '/') {
                depth--;
            } else if (bytes[close - 1] != '/') {
                depth++;
            }
            at = close + 1;
        } while (depth > 0);
        return at;
    }

    private static boolean alone(byte[] bytes, int at, int end) {
        return bytes[at + 1] == '?'
                || Scan.startsWith(bytes, at, end, STREAM)
                || Scan.startsWith(bytes, at, end, END_OF_STREAM);
    }

    @Override
    public void write(byte[] bytes, int from, int size) {
        ByteBuf out = connection.buffer(size);
        out.writeBytes(bytes, from, size);
        connection.write(out);
    }
}
