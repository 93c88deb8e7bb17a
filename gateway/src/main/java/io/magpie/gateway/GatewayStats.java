package io.magpie.gateway;

import io.magpie.core.session.Weight;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What the gateway counts. Any thread; a reading may miss what happens at the same time.
public final class GatewayStats {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final LongAdder sessions = new LongAdder();
    private final LongAdder lagging = new LongAdder();
    private final LongAdder framesIn = new LongAdder();
    private final LongAdder framesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder probes = new LongAdder();
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);
    private final Map<Weight, LongAdder> dropped = new EnumMap<>(Weight.class);

    public GatewayStats() {
        for (var reason : CloseReason.values()) {
            closed.put(reason, new LongAdder());
        }
        for (var weight : Weight.values()) {
            dropped.put(weight, new LongAdder());
        }
    }

    /// Sockets accepted and Socket.IO sessions begun since the start.
    public long accepted() {
        return accepted.sum();
    }

    /// Sockets open now, before or after the handshake, and Socket.IO sessions.
    public long connections() {
        return connections.sum();
    }

    /// Connections that said hello and are open now.
    public long sessions() {
        return sessions.sum();
    }

    /// Sessions that owe a `lagging` to their client now.
    public long lagging() {
        return lagging.sum();
    }

    /// Messages received.
    public long framesIn() {
        return framesIn.sum();
    }

    /// Replies and pushes sent.
    public long framesOut() {
        return framesOut.sum();
    }

    public long bytesIn() {
        return bytesIn.sum();
    }

    public long bytesOut() {
        return bytesOut.sum();
    }

    /// Frames that were not what the protocol says.
    public long malformed() {
        return malformed.sum();
    }

    /// Probes sent to sessions that acknowledge nothing.
    public long probes() {
        return probes.sum();
    }

    public long closed(CloseReason reason) {
        return of(closed, reason).sum();
    }

    /// Pushes a slow reader did not get.
    public long dropped(Weight weight) {
        return of(dropped, weight).sum();
    }

    void connected() {
        accepted.increment();
        connections.increment();
    }

    void disconnected() {
        connections.decrement();
    }

    void sessionOpened() {
        sessions.increment();
    }

    void sessionClosed() {
        sessions.decrement();
    }

    void startedLagging() {
        lagging.increment();
    }

    void stoppedLagging() {
        lagging.decrement();
    }

    void received(int bytes) {
        bytesIn.add(bytes);
    }

    void frameReceived() {
        framesIn.increment();
    }

    void frameSent(int bytes) {
        framesOut.increment();
        bytesOut.add(bytes);
    }

    void frameMalformed() {
        malformed.increment();
    }

    void probed() {
        probes.increment();
    }

    void connectionClosed(CloseReason reason) {
        of(closed, reason).increment();
    }

    void pushDropped(Weight weight) {
        of(dropped, weight).increment();
    }

    private static <K> LongAdder of(Map<K, LongAdder> adders, K key) {
        var adder = adders.get(key);
        if (adder == null) {
            throw new IllegalStateException(key + ": not counted");
        }
        return adder;
    }
}
