package io.magpie.bench.load;

import io.magpie.bench.wire.Outgoing;
import io.magpie.bench.wire.WsConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One user with one live connection. Lives on its connection's event loop; results are read after the round.
public final class User implements WsConnection.Listener {
    private final int index;
    private final RoundState round;
    private final Outgoing out = new Outgoing();
    private final Stamp stamp;
    private final Sequence acknowledged = new Sequence();
    private final Map<Integer, Sequence> received = new HashMap<>();
    private @Nullable WsConnection connection;
    private byte @Nullable [] address;
    private volatile boolean ready;
    private long id;
    private long sent;
    private long answered;
    private long arrivals;
    private long note;
    private byte[] noteText = new byte[0];

    User(int index, RoundState round, Stamp stamp) {
        this.index = index;
        this.round = round;
        this.stamp = stamp;
    }

    public int index() {
        return index;
    }

    /// The server's id of this user.
    public long id() {
        return id;
    }

    long sent() {
        return sent;
    }

    /// How many messages were acknowledged or refused.
    long answered() {
        return answered;
    }

    /// One of this user's messages has reached its receiver.
    void arrived() {
        arrivals++;
    }

    long arrivals() {
        return arrivals;
    }

    boolean isReady() {
        return ready;
    }

    /// A number the dialect keeps per user.
    public long note() {
        return note;
    }

    public void note(long newNote) {
        note = newNote;
    }

    /// A text the dialect keeps per user.
    public byte[] noteText() {
        return noteText;
    }

    public void noteText(byte[] newText) {
        noteText = newText;
    }

    void address(byte[] newAddress) {
        address = newAddress;
    }

    boolean sends() {
        return address != null;
    }

    private WsConnection connection() {
        WsConnection known = connection;
        if (known == null) {
            throw new IllegalStateException("user " + index + " is not connected");
        }
        return known;
    }

    void execute(Runnable task) {
        connection().execute(task);
    }

    void close() {
        if (connection != null) {
            connection.close();
        }
    }

    /// An empty frame to fill and [#send].
    public Outgoing compose() {
        return out.clear();
    }

    public void send(Outgoing frame) {
        connection().send(frame);
    }

    public void flush() {
        connection().flush();
    }

    /// Sends the next message; leaves it to the caller to flush.
    ///
    /// @param nanos when the message was due
    void sendNext(long nanos) {
        byte[] to = address;
        if (to == null) {
            throw new IllegalStateException("user " + index + " has nobody to write to");
        }
        sent++;
        round.counters().sent.increment();
        out.clear();
        round.dialect().message(out, to, sent, stamp.of(index, sent, nanos));
        connection().send(out);
    }

    @Override
    public void opened(WsConnection opened) {
        connection = opened;
        round.dialect().opened(this);
    }

    @Override
    public void frame(WsConnection from, byte[] bytes, int start, int end) {
        round.dialect().frame(this, bytes, start, end);
    }

    @Override
    public void closed(String reason) {
        round.closed(this, reason);
    }

    /// The dialect: logged in.
    public void ready(long serverId) {
        if (!ready) {
            id = serverId;
            ready = true;
            round.ready();
        }
    }

    /// The dialect: the server acknowledged message `counter`.
    public void acknowledged(long counter) {
        acknowledged.see(counter);
        answered++;
        round.counters().acknowledged.increment();
        round.flow().acknowledged(this);
    }

    /// The dialect: the server refused message `counter`.
    public void refused(long counter, String reason) {
        answered++;
        round.counters().refused.increment();
        round.complain("user " + index + ", message " + counter + ": " + reason);
    }

    /// The dialect: something is wrong that no message can be blamed for.
    public void failed(String reason) {
        round.complain("user " + index + ": " + reason);
    }

    /// The dialect: a message arrived in this frame. False if it is none of this round's.
    public boolean received(byte[] bytes, int from, int to) {
        int at = Stamp.find(bytes, from, to);
        if (at < 0 || Stamp.run(bytes, at) != round.run()) {
            return false;
        }
        int sender = Stamp.sender(bytes, at);
        received.computeIfAbsent(sender, _ -> new Sequence()).see(Stamp.counter(bytes, at));
        round.counters().received(System.nanoTime() - Stamp.nanos(bytes, at));
        round.flow().received(sender);
        return true;
    }

    long duplicates() {
        return acknowledged.duplicates()
                + received.values().stream().mapToLong(Sequence::duplicates).sum();
    }

    long disordered() {
        return received.values().stream().mapToLong(Sequence::disordered).sum();
    }

    /// How many messages the server acknowledged to `sender` and did not deliver here.
    long lacking(User sender) {
        Sequence fromSender = received.getOrDefault(sender.index, new Sequence());
        return fromSender.lacking(sender.acknowledged, sender.sent);
    }
}
