package io.magpie.bench.dialect;

import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.Stamp;
import io.magpie.bench.load.User;
import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;
import java.util.List;

/// Socket.IO 5 over Engine.IO 4 on a WebSocket from the start, as the reference relays speak it: events `send {to,
/// text}` and `all {text}`, each with an acknowledgement; `message {from, text}` arrives.
public final class SocketIoDialect implements Dialect {
    private static final byte[] EVENT = Scan.ascii("42");
    private static final byte[] SEND = Scan.ascii("[\"send\",{\"to\":");
    private static final byte[] ALL = Scan.ascii("[\"all\",{");
    private static final byte[] COMMA = {','};
    private static final byte[] TEXT = Scan.ascii("\"text\":\"");
    private static final byte[] END = Scan.ascii("\"}]");
    private static final byte[] CONNECT = Scan.ascii("40");
    private static final byte[] PONG = Scan.ascii("3");

    @Override
    public String requestTarget(int user) {
        return "/socket.io/?EIO=4&transport=websocket&user=" + user;
    }

    @Override
    public void opened(User user) {}

    @Override
    public void frame(User user, byte[] bytes, int from, int to) {
        switch (bytes[from]) {
            case '0' -> user.send(user.compose().put(CONNECT));
            case '2' -> user.send(user.compose().put(PONG));
            case '4' -> message(user, bytes, from + 1, to);
            default -> {}
        }
    }

    private static void message(User user, byte[] bytes, int from, int to) {
        switch (bytes[from]) {
            case '0' -> user.ready(user.index());
            case '2' -> {
                var _ = user.received(bytes, from, to, "", -1);
            }
            case '3' -> user.acknowledged(Scan.decimal(bytes, from + 1, to));
            default -> user.failed("packet " + (char) bytes[from] + " (expected: 0, 2 or 3)");
        }
    }

    @Override
    public byte[] address(User user, User peer) {
        return Scan.ascii(Integer.toString(peer.index()));
    }

    @Override
    public byte[] group(List<User> members) {
        return new byte[0];
    }

    @Override
    public void message(User user, Outgoing out, byte[] address, long number, Stamp stamp) {
        out.put(EVENT).decimal(number);
        if (address.length == 0) {
            out.put(ALL);
        } else {
            out.put(SEND).put(address).put(COMMA);
        }
        out.put(TEXT);
        stamp.writeTo(out);
        out.put(END);
    }
}
