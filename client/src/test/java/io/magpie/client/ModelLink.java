package io.magpie.client;

import io.magpie.core.command.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// One connection to a [ModelServer].
final class ModelLink implements Transport.Link {
    private final ModelServer server;
    private final Transport.Listener listener;
    private final Deque<byte[]> ready = new ArrayDeque<>();
    private int pulled;
    boolean greeted;
    boolean closed;

    ModelLink(ModelServer server, Transport.Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    void push(Event event) {
        later(server.codec.encodeEvent(event));
    }

    /// With the next delay.
    void later(byte[] frame) {
        server.time.after(Duration.ofMillis(server.delay.next()), () -> {
            ready.add(frame);
            deliver();
        });
    }

    private void deliver() {
        while (pulled > 0 && !closed && !ready.isEmpty()) {
            pulled--;
            listener.frame(ready.remove());
        }
    }

    /// The connection is lost: what is on its way in either direction is gone.
    void cut() {
        if (!closed) {
            closed = true;
            listener.closed("cut");
        }
    }

    @Override
    public void send(byte[] frame) {
        if (!closed) {
            server.time.after(Duration.ofMillis(1), () -> {
                if (!closed) {
                    server.received(this, frame);
                }
            });
        }
    }

    @Override
    public void pull() {
        pulled++;
        deliver();
    }

    @Override
    public void close() {
        cut();
    }

    @Override
    public void abort() {
        cut();
    }
}
