package io.magpie.bench.load;

import io.magpie.bench.wire.Json;
import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;

/// Magpie's JSON over WebSocket. Users come in with tokens of an identity provider, which costs no password hash and
/// makes the account on first sight.
public final class MagpieDialect implements Dialect {
    private static final byte[] TYPE = Scan.ascii("{\"type\":\"");
    private static final byte[] ID = Scan.ascii("\"id\":\"");
    private static final byte[] SEQ = Scan.ascii("\"seq\":");
    private static final byte[] USER_ID = Scan.ascii("\"userId\":");
    private static final byte[] CONVERSATION = Scan.ascii("\"conversation\":\"");
    private static final byte[] ENTRY = Scan.ascii("entry\"");
    private static final byte[] SENT = Scan.ascii("sent\"");
    private static final byte[] WELCOME = Scan.ascii("welcome\"");
    private static final byte[] ERROR = Scan.ascii("error\"");
    private static final byte[] LAGGING = Scan.ascii("lagging\"");
    private static final byte[] SEND = Scan.ascii("{\"type\":\"send\",\"conversation\":\"");
    private static final byte[] CONTENT = Scan.ascii("\",\"content\":{\"kind\":\"text\",\"text\":\"");
    private static final byte[] CLIENT_ID = Scan.ascii("\"},\"clientId\":\"");
    private static final byte[] SEND_ID = Scan.ascii("\",\"id\":\"");
    private static final byte[] END = Scan.ascii("\"}");
    private static final byte[] PING = Scan.ascii("{\"type\":\"ping\",\"id\":\"p\"}");

    private final IntFunction<String> tokens;
    private final MagpieGroups groups;
    private final byte[] clientIdPrefix;

    /// @param tokens of each user by number
    /// @param round makes client ids unique across rounds and runs
    public MagpieDialect(IntFunction<String> tokens, MagpieGroups groups, String round) {
        this.tokens = tokens;
        this.groups = groups;
        this.clientIdPrefix = Scan.ascii(round + "-");
    }

    @Override
    public String subprotocol() {
        return "magpie.v1.json";
    }

    @Override
    public String requestTarget(int user) {
        return "/ws";
    }

    @Override
    public void opened(User user) {
        user.send(user.compose()
                .text("{\"type\":\"hello\",\"id\":\"h\",\"token\":" + Json.quote(tokens.apply(user.index()))
                        + ",\"device\":{\"id\":\"bench\",\"platform\":\"bot\"}}"));
    }

    @Override
    public void frame(User user, byte[] bytes, int from, int to) {
        int type = Scan.after(bytes, from, to, TYPE);
        if (type < 0) {
            user.failed("frame without a type in front: " + text(bytes, from, to));
        } else if (Scan.startsWith(bytes, type, to, ENTRY)) {
            entry(user, bytes, type, to);
        } else if (Scan.startsWith(bytes, type, to, SENT)) {
            user.acknowledged(number(bytes, type, to, ID));
        } else if (Scan.startsWith(bytes, type, to, WELCOME)) {
            user.ready(number(bytes, type, to, USER_ID));
        } else if (Scan.startsWith(bytes, type, to, ERROR)) {
            error(user, bytes, from, to);
        } else if (Scan.startsWith(bytes, type, to, LAGGING)) {
            user.failed("lagging");
        }
    }

    private static void entry(User user, byte[] bytes, int from, int to) {
        long seq = number(bytes, from, to, SEQ);
        if (user.received(bytes, from, to)) {
            user.note(seq);
            return;
        }
        int start = Scan.after(bytes, from, to, CONVERSATION);
        int end = start < 0 ? -1 : Scan.after(bytes, start, to, new byte[] {'"'}) - 1;
        if (end > 0) {
            user.send(received(user, new String(bytes, start, end - start, StandardCharsets.US_ASCII), seq));
        }
    }

    private static void error(User user, byte[] bytes, int from, int to) {
        int id = Scan.after(bytes, from, to, ID);
        long counter = id < 0 ? -1 : Scan.decimal(bytes, id, to);
        if (counter < 0) {
            user.failed(text(bytes, from, to));
        } else {
            user.refused(counter, text(bytes, from, to));
        }
    }

    private static long number(byte[] bytes, int from, int to, byte[] field) {
        int at = Scan.after(bytes, from, to, field);
        return at < 0 ? -1 : Scan.decimal(bytes, at, to);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, Math.min(200, to - from), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] address(User user, User peer) {
        String conversation = "d." + Math.min(user.id(), peer.id()) + "." + Math.max(user.id(), peer.id());
        byte[] address = Scan.ascii(conversation);
        user.noteText(address);
        return address;
    }

    @Override
    public byte[] group(List<User> members) {
        User owner = members.getFirst();
        long group = groups.create(
                tokens.apply(owner.index()),
                members.stream().skip(1).map(User::id).toList());
        byte[] address = Scan.ascii("g." + group);
        members.forEach(member -> member.noteText(address));
        return address;
    }

    @Override
    public void message(Outgoing out, byte[] address, long counter, Stamp stamp) {
        out.put(SEND).put(address).put(CONTENT);
        stamp.writeTo(out);
        out.put(CLIENT_ID)
                .put(clientIdPrefix)
                .decimal(counter)
                .put(SEND_ID)
                .decimal(counter)
                .put(END);
    }

    /// Says what has been received, as a client must now and then.
    @Override
    public void keepAlive(User user) {
        long seq = user.note();
        if (seq > 0) {
            user.note(0);
            user.send(received(user, new String(user.noteText(), StandardCharsets.US_ASCII), seq));
        } else {
            user.send(user.compose().put(PING));
        }
    }

    private static Outgoing received(User user, String conversation, long seq) {
        return user.compose()
                .text("{\"type\":\"received\",\"conversation\":\"" + conversation + "\",\"seq\":" + seq + "}");
    }
}
