package io.magpie.bench.dialect;

import io.magpie.bench.load.Stamp;
import io.magpie.bench.load.User;
import io.magpie.bench.wire.Json;
import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;

/// Magpie's JSON in the event `magpie` of Socket.IO, on a WebSocket from the start. A message asks for its answer
/// as an acknowledgement.
public final class MagpieSocketIo extends MagpieJson {
    private static final byte[] CONNECT = Scan.ascii("40");
    private static final byte[] EVENT = Scan.ascii("42");
    private static final byte[] NAME = Scan.ascii("[\"magpie\",");
    private static final byte[] END = {']'};
    private static final byte[] PONG = {'3'};

    public MagpieSocketIo(MagpieAccounts accounts, String unique) {
        super(accounts, unique);
    }

    @Override
    public String requestTarget(int user) {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public void opened(User user) {
        remember(user);
    }

    @Override
    void request(User user, byte[] frame) {
        user.send(user.compose().put(EVENT).put(NAME).put(frame).put(END));
    }

    @Override
    public void frame(User user, byte[] bytes, int from, int to) {
        switch (bytes[from]) {
            case '0' ->
                user.send(user.compose()
                        .put(CONNECT)
                        .text("{\"token\":" + Json.quote(token(user)) + ",\"device\":{\"id\":\"bench-" + user.device()
                                + "\",\"platform\":\"bot\"},\"pushes\":\"magpie\"}"));
            case '2' -> user.send(user.compose().put(PONG));
            case '4' -> message(user, bytes, from + 1, to);
            default -> {}
        }
    }

    private void message(User user, byte[] bytes, int from, int to) {
        switch (bytes[from]) {
            case '2', '3' -> {
                int start = from;
                while (start < to && bytes[start] != '{') {
                    start++;
                }
                super.frame(user, bytes, start, to - 1);
            }
            case '0' -> {}
            default -> user.failed("packet " + (char) bytes[from] + " (expected: 0, 2 or 3)");
        }
    }

    @Override
    public void message(User user, Outgoing out, byte[] address, long number, Stamp stamp) {
        out.put(EVENT).decimal(number).put(NAME);
        super.message(user, out, address, number, stamp);
        out.put(END);
    }
}
