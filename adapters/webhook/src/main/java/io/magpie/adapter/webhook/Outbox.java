package io.magpie.adapter.webhook;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What waits to be sent, bounded in bytes: the oldest goes when there is no room. Any thread.
final class Outbox {
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final int maxBytes;
    private final WebhookStats stats;
    private long bytes;
    private boolean closed;

    Outbox(int maxBytes, WebhookStats stats) {
        this.maxBytes = maxBytes;
        this.stats = stats;
    }

    synchronized void add(byte[] item) {
        if (closed) {
            stats.dropped.increment();
            return;
        }
        waiting.addLast(item);
        moved(item.length);
        notifyAll();
    }

    /// The oldest ones, at least one and about `size` bytes; waits for one. Empty once closed and empty.
    synchronized List<byte[]> take(int size) throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        var batch = new ArrayList<byte[]>();
        long taken = 0;
        for (var next = waiting.peek(); next != null && (batch.isEmpty() || taken + next.length <= size); ) {
            batch.add(waiting.remove());
            taken += next.length;
            next = waiting.peek();
        }
        moved(-taken);
        return batch;
    }

    /// Back to the front, to be tried again; as the oldest they are the first to go.
    synchronized void putBack(List<byte[]> batch) {
        for (byte[] item : batch.reversed()) {
            waiting.addFirst(item);
            bytes += item.length;
        }
        moved(0);
    }

    /// Waits so long, or until closed.
    synchronized void pause(long ms) throws InterruptedException {
        long until = System.nanoTime() + ms * 1_000_000;
        for (long left = ms; left > 0 && !closed; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /// Takes nothing more; what waits can still be taken.
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean closed() {
        return closed;
    }

    synchronized void clear() {
        stats.dropped.add(waiting.size());
        waiting.clear();
        moved(-bytes);
    }

    private void moved(long by) {
        bytes += by;
        while (bytes > maxBytes && !waiting.isEmpty()) {
            bytes -= waiting.remove().length;
            stats.dropped.increment();
        }
        stats.waitingBytes.set(bytes);
    }
}
