package io.magpie.bench.dialect;

import io.magpie.bench.load.Stamp;
import io.magpie.bench.load.User;
import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;
import io.magpie.protocol.json.JsonCodec;

/// Magpie's JSON, one object per text message.
public class MagpieJson extends MagpieDialect {
    private static final byte[] TYPE = Scan.ascii("{\"type\":\"");
    private static final byte[] ENTRY = Scan.ascii("entry\"");
    private static final byte[] SENT = Scan.ascii("sent\"");
    private static final byte[] ID = Scan.ascii("\"id\":\"");
    private static final byte[] SEQ = Scan.ascii("\"seq\":");
    private static final byte[] CONVERSATION = Scan.ascii("\"conversation\":\"");
    private static final byte[] QUOTE = {'"'};
    private static final byte[] SEND = Scan.ascii("{\"type\":\"send\",\"conversation\":\"");
    private static final byte[] CONTENT = Scan.ascii("\",\"content\":{\"kind\":\"text\",\"text\":\"");
    private static final byte[] CLIENT_ID = Scan.ascii("\"},\"clientId\":\"");
    private static final byte[] SEND_ID = Scan.ascii("\",\"id\":\"");
    private static final byte[] END = Scan.ascii("\"}");

    public MagpieJson(MagpieAccounts accounts, String unique) {
        super(new JsonCodec(), accounts, unique);
    }

    @Override
    public void frame(User user, byte[] bytes, int from, int to) {
        int type = Scan.after(bytes, from, to, TYPE);
        if (type < 0) {
            user.failed("frame without a type in front");
        } else if (Scan.startsWith(bytes, type, to, ENTRY)) {
            int start = Scan.after(bytes, type, to, CONVERSATION);
            int end = Scan.after(bytes, start, to, QUOTE) - 1;
            entry(user, bytes, type, to, start, end, number(bytes, end, to, SEQ));
        } else if (Scan.startsWith(bytes, type, to, SENT)) {
            user.acknowledged(number(bytes, type, to, ID));
        } else {
            other(user, bytes, from, to);
        }
    }

    private static long number(byte[] bytes, int from, int to, byte[] field) {
        int at = Scan.after(bytes, from, to, field);
        return at < 0 ? -1 : Scan.decimal(bytes, at, to);
    }

    @Override
    public void message(User user, Outgoing out, byte[] address, long number, Stamp stamp) {
        out.put(SEND).put(address).put(CONTENT);
        stamp.writeTo(out);
        out.put(CLIENT_ID)
                .put(clientIdPrefix())
                .decimal(number)
                .put(SEND_ID)
                .decimal(number)
                .put(END);
    }
}
