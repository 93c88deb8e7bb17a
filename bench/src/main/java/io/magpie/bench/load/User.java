package io.magpie.bench.load;

import io.magpie.bench.wire.Connection;
import io.magpie.bench.wire.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One device of a user, with one connection at a time. Lives on one event loop; results are read after the round.
public final class User implements Connection.Listener {
    private final int index;
    private final int device;
    private final RoundState round;
    private final Executor loop;
    private final Stamp stamp;
    private final Received received;
    private final Outgoing out = new Outgoing();
    private final List<Stream> streams = new ArrayList<>(1);
    private final Map<Long, Outstanding> outstanding = new TreeMap<>();
    private @Nullable Connection connection;
    private @Nullable Object memory;
    private volatile boolean ready;
    private boolean closing;
    private boolean returns;
    private boolean writes;
    private long id;
    private long number;
    private long answered;
    private long arrivals;
    private long twiceAcknowledged;

    private record Outstanding(Stream stream, long counter, long nanos) {}

    User(int index, int device, RoundState round, Executor loop, Stamp stamp) {
        this.index = index;
        this.device = device;
        this.round = round;
        this.loop = loop;
        this.stamp = stamp;
        this.received = round.comesAndGoes() ? new Received.Held() : new Received.Once();
    }

    public int index() {
        return index;
    }

    /// 0 is the one that sends.
    public int device() {
        return device;
    }

    /// The server's id of this user.
    public long id() {
        return id;
    }

    /// Messages sent, over all streams.
    long sent() {
        return number;
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

    public boolean isReady() {
        return ready;
    }

    public boolean connected() {
        return connection != null;
    }

    /// Whether connections may end and come back.
    public boolean comesAndGoes() {
        return round.comesAndGoes();
    }

    /// What the dialect remembers of this user.
    public <T> T memory(Class<T> type, Supplier<T> first) {
        Object known = memory;
        if (known == null) {
            known = first.get();
            memory = known;
        }
        return type.cast(known);
    }

    public void writesTo(Stream stream) {
        streams.add(stream);
    }

    public List<Stream> streams() {
        return streams;
    }

    public void execute(Runnable task) {
        loop.execute(task);
    }

    /// Ends the connection on purpose. Any thread.
    public void close() {
        execute(() -> {
            if (connection != null) {
                closing = true;
                round.dialect().leave(this);
                connection.flush();
                connection.close();
            }
        });
    }

    /// An empty frame to fill and [#send].
    public Outgoing compose() {
        return out.clear();
    }

    /// Leaves it to the caller to flush; what is written while a frame is being handled leaves by itself.
    public void send(Outgoing frame) {
        if (connection != null) {
            connection.send(frame);
        }
    }

    public void flush() {
        if (connection != null) {
            connection.flush();
        }
    }

    /// Sends the next message of a stream; leaves it to the caller to flush.
    ///
    /// @param nanos when the message was due
    public void send(Stream stream, long nanos) {
        long counter = stream.next();
        number++;
        round.counters().sent.increment();
        if (round.comesAndGoes() || streams.size() > 1) {
            outstanding.put(number, new Outstanding(stream, counter, nanos));
        }
        if (writes || !round.comesAndGoes()) {
            write(stream, number, counter, nanos);
        }
    }

    /// Sends the next message of the only stream.
    void sendNext(long nanos) {
        send(streams.getFirst(), nanos);
    }

    private void write(Stream stream, long messageNumber, long counter, long nanos) {
        out.clear();
        round.dialect().message(this, out, stream.address(), messageNumber, stamp.of(stream.id(), counter, nanos));
        send(out);
    }

    /// Sends what was never answered; what is new waits until then, so that the order stays.
    private void resend() {
        outstanding.forEach(
                (messageNumber, message) -> write(message.stream(), messageNumber, message.counter(), message.nanos()));
        flush();
    }

    @Override
    public void opened(Connection opened) {
        connection = opened;
        round.dialect().opened(this);
    }

    @Override
    public void frame(Connection from, byte[] bytes, int start, int end) {
        if (from.equals(connection)) {
            round.dialect().frame(this, bytes, start, end);
        }
    }

    @Override
    public void closed(Connection from, String reason) {
        if (connection != null && !from.equals(connection)) {
            return;
        }
        boolean wasReady = ready;
        boolean wanted = closing;
        connection = null;
        ready = false;
        writes = false;
        closing = false;
        round.closed(this, wasReady, wanted, reason);
    }

    /// The dialect: logged in.
    public void ready(long serverId) {
        if (!ready) {
            id = serverId;
            ready = true;
            round.ready(this);
            if (round.comesAndGoes() && returns) {
                round.dialect().sync(this);
            } else {
                writes = true;
            }
            returns = true;
        }
    }

    /// The dialect: the server acknowledged a message.
    public void acknowledged(long messageNumber) {
        Outstanding message = outstanding.remove(messageNumber);
        if (message == null && (round.comesAndGoes() || streams.size() != 1)) {
            twiceAcknowledged++;
            return;
        }
        Stream stream = message == null ? streams.getFirst() : message.stream();
        stream.acknowledged().see(message == null ? messageNumber : message.counter());
        answered++;
        round.counters().acknowledged.increment();
        round.counters().due.add(stream.receivers());
        round.flow().acknowledged(stream);
    }

    /// The dialect: the server refused a message.
    public void refused(long messageNumber, String reason) {
        outstanding.remove(messageNumber);
        answered++;
        round.counters().refused.increment();
        round.complain("user " + index + ", message " + messageNumber + ": " + reason);
    }

    /// The dialect: something is wrong that no message can be blamed for.
    public void failed(String reason) {
        round.complain("user " + index + ": " + reason);
    }

    /// The dialect: knows what happened while the user was away.
    public void synced() {
        if (round.comesAndGoes()) {
            round.dialect().pull(this);
        }
        round.flow().synced(this);
    }

    /// The dialect: holds everything.
    public void pulled() {
        if (!writes) {
            writes = true;
            resend();
        }
        round.flow().pulled(this);
    }

    /// The dialect: a message was fetched that came while nobody was looking. How long it took says nothing.
    public void fetched(byte[] bytes, int from, int to, String conversation, long seq) {
        int at = Stamp.find(bytes, from, to);
        if (at >= 0 && Stamp.run(bytes, at) == round.run()) {
            arrival(bytes, at, conversation, seq, false);
        }
    }

    /// The dialect: a message arrived in this frame.
    ///
    /// @param conversation and `seq` are the server's own words for its place, if it has any
    /// @return false if the frame holds none of this round's
    public boolean received(byte[] bytes, int from, int to, String conversation, long seq) {
        int at = Stamp.find(bytes, from, to);
        if (at < 0 || Stamp.run(bytes, at) != round.run()) {
            return false;
        }
        arrival(bytes, at, conversation, seq, true);
        return true;
    }

    private void arrival(byte[] bytes, int at, String conversation, long seq, boolean live) {
        int stream = Stamp.sender(bytes, at);
        if (received.add(conversation, seq, stream, Stamp.counter(bytes, at)) && !round.own(this, stream)) {
            round.counters().arrived();
            if (live) {
                round.counters().record(System.nanoTime() - Stamp.nanos(bytes, at));
            }
            if (device == 0) {
                round.flow().received(stream);
            }
        }
    }

    /// Messages that came, or were acknowledged, more than once.
    long duplicates() {
        long twice = twiceAcknowledged;
        for (Stream stream : streams) {
            twice += stream.acknowledged().duplicates();
        }
        return twice
                + received.byStream().values().stream()
                        .mapToLong(Sequence::duplicates)
                        .sum();
    }

    long disordered() {
        return received.byStream().values().stream()
                .mapToLong(Sequence::disordered)
                .sum();
    }

    /// How many of the messages the server acknowledged did not come.
    long lacking(List<Stream> expected) {
        Map<Integer, Sequence> got = received.byStream();
        long lacking = 0;
        for (Stream stream : expected) {
            lacking += got.getOrDefault(stream.id(), new Sequence()).lacking(stream.acknowledged(), stream.sent());
        }
        return lacking;
    }
}
