package io.magpie.bench.dialect;

import io.magpie.bench.load.Dialect;
import io.magpie.bench.load.Stamp;
import io.magpie.bench.load.User;
import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.Scan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// The little XMPP a load needs: PLAIN, one resource, messages, a room. What counts as acknowledged is what stream
/// management (XEP-0198) says the server has taken over, asked for after every message.
public final class XmppDialect implements Dialect {
    public static final String HOST = "localhost";
    public static final String PASSWORD = "bench";
    private static final byte[] OPEN = Scan.ascii("<?xml version='1.0'?><stream:stream to='" + HOST
            + "' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>");
    private static final byte[] BIND =
            Scan.ascii("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                    + "<resource>bench</resource></bind></iq>");
    private static final byte[] ENABLE = Scan.ascii("<enable xmlns='urn:xmpp:sm:3'/>");
    private static final byte[] PRESENCE = Scan.ascii("<presence/>");
    private static final byte[] PING =
            Scan.ascii("<iq type='get' id='here' to='" + HOST + "'><ping xmlns='urn:xmpp:ping'/></iq>");
    private static final byte[] ASK = Scan.ascii("<r xmlns='urn:xmpp:sm:3'/>");
    private static final byte[] TO = Scan.ascii("<message to='");
    private static final byte[] BODY = Scan.ascii("'><body>");
    private static final byte[] END = Scan.ascii("</body></message>");
    private static final byte[] FEATURES = Scan.ascii("<stream:features");
    private static final byte[] SUCCESS = Scan.ascii("<success");
    private static final byte[] ENABLED = Scan.ascii("<enabled");
    private static final byte[] FAILURE = Scan.ascii("<failure");
    private static final byte[] MESSAGE = Scan.ascii("<message");
    private static final byte[] IQ = Scan.ascii("<iq");
    private static final byte[] PRESENCE_CAME = Scan.ascii("<presence");
    private static final byte[] HANDLED = Scan.ascii("<a ");
    private static final byte[] REQUEST = Scan.ascii("<r ");
    private static final byte[] H = Scan.ascii("h='");
    private static final byte[] BOUND = Scan.ascii("id='bind'");
    private static final byte[] HERE = Scan.ascii("id='here'");
    private static final byte[] JOINED = Scan.ascii("code='110'");
    private static final byte[] ERROR = Scan.ascii("type='error'");
    private static final int SECONDS_TO_JOIN = 120;

    private final IntConsumer register;
    private final String room;
    private volatile CountDownLatch joined = new CountDownLatch(0);

    /// @param register makes accounts [#name] of all numbers below the given one
    public XmppDialect(IntConsumer register, String unique) {
        this.register = register;
        this.room = "room-" + unique + "@conference." + HOST;
    }

    private static final class Memory {
        private final Deque<Long> unhandled = new ArrayDeque<>();
        private boolean authenticated;
        private boolean managed;
        private long handled;
        private long taken;
    }

    private static Memory memory(User user) {
        return user.memory(Memory.class, Memory::new);
    }

    public static String name(int user) {
        return "u" + user;
    }

    @Override
    public void prepare(int users) {
        register.accept(users);
    }

    @Override
    public String requestTarget(int user) {
        return "";
    }

    @Override
    public void opened(User user) {
        Memory memory = memory(user);
        memory.authenticated = false;
        memory.managed = false;
        memory.unhandled.clear();
        memory.handled = 0;
        memory.taken = 0;
        user.send(user.compose().put(OPEN));
    }

    @Override
    public void frame(User user, byte[] bytes, int from, int to) {
        if (Scan.startsWith(bytes, from, to, MESSAGE)) {
            memory(user).taken++;
            if (!user.received(bytes, from, to, "", -1) && Scan.after(bytes, from, to, ERROR) >= 0) {
                user.failed(text(bytes, from, to));
            }
        } else if (Scan.startsWith(bytes, from, to, HANDLED)) {
            handled(user, Scan.decimal(bytes, Scan.after(bytes, from, to, H), to));
        } else if (Scan.startsWith(bytes, from, to, REQUEST)) {
            acknowledge(user);
        } else if (Scan.startsWith(bytes, from, to, PRESENCE_CAME)) {
            memory(user).taken++;
            if (Scan.after(bytes, from, to, JOINED) >= 0) {
                joined.countDown();
            }
        } else if (Scan.startsWith(bytes, from, to, IQ)) {
            iq(user, bytes, from, to);
        } else {
            negotiate(user, bytes, from, to);
        }
    }

    private static void negotiate(User user, byte[] bytes, int from, int to) {
        Memory memory = memory(user);
        if (Scan.startsWith(bytes, from, to, FEATURES)) {
            user.send(memory.authenticated ? user.compose().put(BIND) : credentials(user));
        } else if (Scan.startsWith(bytes, from, to, SUCCESS)) {
            memory.authenticated = true;
            user.send(user.compose().put(OPEN));
        } else if (Scan.startsWith(bytes, from, to, ENABLED)) {
            memory.managed = true;
            memory.unhandled.add(0L);
            memory.unhandled.add(0L);
            user.send(user.compose().put(PRESENCE).put(PING));
        } else if (Scan.startsWith(bytes, from, to, FAILURE)) {
            user.failed(text(bytes, from, to));
        }
    }

    private static Outgoing credentials(User user) {
        String plain = "\0" + name(user.index()) + "\0" + PASSWORD;
        return user.compose()
                .text("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                        + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)) + "</auth>");
    }

    /// Once the ping behind the presence is answered, the server has taken note of the presence.
    private static void iq(User user, byte[] bytes, int from, int to) {
        Memory memory = memory(user);
        if (memory.managed) {
            memory.taken++;
        }
        if (Scan.after(bytes, from, to, BOUND) >= 0) {
            user.send(user.compose().put(ENABLE));
        } else if (Scan.after(bytes, from, to, HERE) >= 0) {
            user.ready(user.index());
        }
    }

    private static void handled(User user, long count) {
        Memory memory = memory(user);
        for (; memory.handled < count; memory.handled++) {
            Long number = memory.unhandled.poll();
            if (number == null) {
                user.failed("more was handled than sent");
                return;
            }
            if (number > 0) {
                user.acknowledged(number);
            }
        }
    }

    private static void acknowledge(User user) {
        user.send(user.compose().text("<a xmlns='urn:xmpp:sm:3' h='" + memory(user).taken + "'/>"));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, Math.min(300, to - from), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] address(User user, User peer) {
        return Scan.ascii(name(peer.index()) + "@" + HOST + "' type='chat");
    }

    /// Everybody enters a room.
    @Override
    public byte[] group(List<User> members) {
        joined = new CountDownLatch(members.size());
        for (User member : members) {
            member.execute(() -> {
                memory(member).unhandled.add(0L);
                member.send(member.compose()
                        .text("<presence to='" + room + "/" + name(member.index())
                                + "'><x xmlns='http://jabber.org/protocol/muc'/></presence>"));
                member.flush();
            });
        }
        try {
            if (!joined.await(SECONDS_TO_JOIN, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        joined.getCount() + " users did not enter the room within " + SECONDS_TO_JOIN + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while users entered the room", e);
        }
        return Scan.ascii(room + "' type='groupchat");
    }

    @Override
    public void message(User user, Outgoing out, byte[] address, long number, Stamp stamp) {
        memory(user).unhandled.add(number);
        out.put(TO).put(address).put(BODY);
        stamp.writeTo(out);
        out.put(END).put(ASK);
    }

    /// What the server does not know to have arrived would come again.
    @Override
    public void leave(User user) {
        acknowledge(user);
    }

    @Override
    public void keepAlive(User user) {
        acknowledge(user);
    }
}
