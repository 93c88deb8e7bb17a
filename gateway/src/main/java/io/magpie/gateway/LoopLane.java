package io.magpie.gateway;

import io.magpie.core.session.Lane;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An event loop as a lane, and the connections it serves.
///
/// The system call of a write costs more than everything else about it, so writes are gathered: connections
/// written to report here, and each is flushed once when the batch of tasks, the burst of reads or the sweep
/// that wrote is done. All time-outs of all connections come from one periodic sweep; a connection owns no
/// timer.
///
/// [#execute] is for any thread, the rest for the loop's own.
final class LoopLane implements Lane {
    private static final Logger log = LoggerFactory.getLogger(LoopLane.class);
    private static final int BATCH = 256;

    private final EventExecutor loop;
    private final LongSupplier nanoTime;
    private final long origin;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<ClientConnection> connections = new ArrayList<>();
    private final List<Outbox> unflushed = new ArrayList<>();
    private final Map<Wire, EncodedEvents> encoded = new HashMap<>();
    private boolean gathering;
    private final List<CompletableFuture<Void>> awaitingEmpty = new ArrayList<>();

    LoopLane(EventExecutor loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        schedule();
    }

    boolean isCurrent() {
        return loop.inEventLoop();
    }

    /// Nanoseconds since some moment before the lane's start; always positive.
    long now() {
        return nanoTime.getAsLong() - origin + 1;
    }

    void startSweeping(long everyNanos) {
        var _ = loop.scheduleWithFixedDelay(this::sweep, everyNanos, everyNanos, TimeUnit.NANOSECONDS);
    }

    private void schedule() {
        if (!scheduled.getAndSet(true)) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException e) {
                log.debug("task dropped: the gateway is closed", e);
            }
        }
    }

    private void drain() {
        scheduled.set(false);
        gathering = true;
        for (int i = 0; i < BATCH; i++) {
            var task = tasks.poll();
            if (task == null) {
                break;
            }
            run(task);
        }
        flushAll();
        if (!tasks.isEmpty()) {
            schedule();
        }
    }

    // One task's fault must not take the loop's other tasks with it.
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task of a lane failed", e);
        }
    }

    /// From now to [#endBurst] what is written waits for its flush.
    void beginBurst() {
        gathering = true;
    }

    void endBurst() {
        flushAll();
    }

    /// Something unflushed lies in `outbox`, which reports it once.
    void written(Outbox outbox) {
        unflushed.add(outbox);
        if (!gathering) {
            schedule();
        }
    }

    private void flushAll() {
        // A flush may make a connection writable and so write again: the list can grow while it is walked.
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
        gathering = false;
    }

    EncodedEvents encoded(Wire wire, ByteBufAllocator allocator) {
        return encoded.computeIfAbsent(wire, w -> new EncodedEvents(w, allocator));
    }

    void add(ClientConnection connection) {
        connection.place(connections.size());
        connections.add(connection);
    }

    void remove(ClientConnection connection) {
        var last = connections.removeLast();
        if (last != connection) {
            connections.set(connection.place(), last);
            last.place(connection.place());
        }
        if (connections.isEmpty()) {
            encoded.values().forEach(EncodedEvents::clear);
            awaitingEmpty.forEach(f -> f.complete(null));
            awaitingEmpty.clear();
        }
    }

    private void sweep() {
        long now = now();
        gathering = true;
        // Backwards, because a connection that ends is replaced by the last one.
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (i < connections.size()) {
                var connection = connections.get(i);
                run(() -> connection.check(now));
            }
        }
        flushAll();
    }

    /// Hands every connection to `farewell`, in random order, spread evenly over `spreadNanos`. Any thread.
    void dismiss(long spreadNanos, long waveNanos, Consumer<ClientConnection> farewell) {
        execute(() -> {
            var leaving = new ArrayList<>(connections);
            Collections.shuffle(leaving);
            int waves = (int) Math.max(1, spreadNanos / waveNanos);
            for (int wave = 0; wave < waves; wave++) {
                var part = leaving.subList(leaving.size() * wave / waves, leaving.size() * (wave + 1) / waves);
                var _ = loop.schedule(
                        () -> execute(() -> part.forEach(farewell)), waveNanos * wave, TimeUnit.NANOSECONDS);
            }
        });
    }

    /// Completes when the lane has no connection left. Any thread.
    CompletableFuture<Void> emptied() {
        var future = new CompletableFuture<Void>();
        execute(() -> {
            if (connections.isEmpty()) {
                future.complete(null);
            } else {
                awaitingEmpty.add(future);
            }
        });
        return future;
    }

    /// Closes what is left without a word. Any thread.
    void abandon() {
        execute(() -> List.copyOf(connections).forEach(c -> c.abandon(CloseReason.DRAINING)));
    }
}
