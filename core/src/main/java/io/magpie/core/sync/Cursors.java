package io.magpie.core.sync;

import io.magpie.core.cluster.Fact;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.Members;
import io.magpie.core.delivery.Delivery;
import io.magpie.core.journal.Journal;
import io.magpie.core.log.EntryLog;
import io.magpie.core.outcome.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Moves read and delivered cursors, many in one transaction, and tells the others. What a user read is durable
/// before it is answered; what a device received is only noted and written with the next batch, so a crash may
/// forget the newest delivery marks but nothing else.
///
/// Bounded: one move per (conversation, user) waits, the furthest. [#read] and [#received] from any thread; one
/// writer.
public final class Cursors {
    /// Delivery marks beyond this many are dropped: the device's next one says the same and more.
    private static final int MAX_WAITING = 100_000;

    private static final long DELIVERED_WAIT_MS = 200;

    private final Journal journal;
    private final EntryLog log;
    private final Delivery delivery;
    private final InstantSource clock;
    private final Thread writer;
    private Map<Place, Move> waiting = new LinkedHashMap<>();
    private boolean urgent;
    private boolean closing;

    public Cursors(Journal journal, EntryLog log, Delivery delivery, InstantSource clock) {
        this.journal = journal;
        this.log = log;
        this.delivery = delivery;
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("cursor-writer").unstarted(this::run);
    }

    public void start() {
        writer.start();
    }

    /// Writes what was noted before, then stops.
    public void stop() throws InterruptedException {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        writer.join();
    }

    /// Completes when durable; fails with [StoreUnavailableException].
    synchronized CompletableFuture<@Nullable Void> read(ConversationId conversation, long user, long seq) {
        var move = waiting.computeIfAbsent(new Place(conversation, user), _ -> new Move());
        move.read = Math.max(move.read, seq);
        urgent = true;
        notifyAll();
        return move.done;
    }

    synchronized void received(ConversationId conversation, long user, long seq) {
        if (waiting.isEmpty()) {
            notifyAll();
        }
        if (waiting.size() < MAX_WAITING) {
            var move = waiting.computeIfAbsent(new Place(conversation, user), _ -> new Move());
            move.delivered = Math.max(move.delivered, seq);
        }
    }

    private void run() {
        try {
            for (var batch = take(); !batch.isEmpty(); batch = take()) {
                settle(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What waits, once something does; empty at the end.
    private synchronized Map<Place, Move> take() throws InterruptedException {
        long deadline = Long.MAX_VALUE;
        while (!urgent && !closing) {
            long leftMs = deadline == Long.MAX_VALUE ? 0 : (deadline - System.nanoTime()) / 1_000_000;
            if (deadline != Long.MAX_VALUE && leftMs <= 0) {
                break;
            }
            wait(leftMs);
            if (!waiting.isEmpty() && deadline == Long.MAX_VALUE) {
                deadline = System.nanoTime() + DELIVERED_WAIT_MS * 1_000_000;
            }
        }
        var batch = waiting;
        waiting = new LinkedHashMap<>();
        urgent = false;
        return batch;
    }

    private void settle(Map<Place, Move> batch) {
        try {
            var moved = write(batch);
            moved.forEach(this::tell);
            batch.values().forEach(move -> move.done.complete(null));
        } catch (RuntimeException e) {
            batch.values().forEach(move -> move.done.completeExceptionally(e));
        }
    }

    /// Nobody reads or receives what does not exist yet, whatever a client says.
    private List<Moved> write(Map<Place, Move> batch) {
        var heads = log.heads(
                batch.keySet().stream().map(Place::conversation).distinct().toList());
        var outcome = journal.transact(tx -> {
            var members = tx.on(Members.Edits.class);
            long now = clock.millis();
            List<Moved> moved = new ArrayList<>();
            batch.forEach((place, move) -> {
                var head = heads.get(place.conversation);
                long last = head == null ? 0 : head.lastSeq();
                long read = Math.min(move.read, last);
                long received = Math.min(move.delivered, last);
                // One at a time: the one that does not move is not told, or it would seem to go back.
                boolean further = read > 0 && members.advance(place.conversation, place.user, read, 0, now);
                boolean more = received > 0 && members.advance(place.conversation, place.user, 0, received, now);
                if (further || more) {
                    moved.add(new Moved(place, further ? read : 0, more ? received : 0));
                }
            });
            return Outcome.done(moved);
        });
        return outcome instanceof Outcome.Done<List<Moved>>(List<Moved> moved) ? moved : List.of();
    }

    private void tell(Moved moved) {
        var conversation = moved.place.conversation;
        long user = moved.place.user;
        if (moved.read > 0) {
            delivery.tell(new Fact.Moved(Fact.Cursor.READ, conversation, user, moved.read), null);
        }
        if (moved.delivered > 0 && conversation.kind() == ConversationId.Kind.DIRECT) {
            delivery.tell(new Fact.Moved(Fact.Cursor.DELIVERED, conversation, user, moved.delivered), null);
        }
    }

    private record Place(ConversationId conversation, long user) {}

    private record Moved(Place place, long read, long delivered) {}

    private static final class Move {
        private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        private long read;
        private long delivered;
    }
}
