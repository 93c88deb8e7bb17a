package io.magpie.core.delivery;

import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.store.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;

/// Delivers what was committed but not delivered: whatever the cause, it is pushed within 30 s without the client
/// doing anything.
///
/// Two looks: [#holes], soon after an entry came early or a delivery failed; [#sweep], every 10 s, at everything
/// committed since the last one. Each is bounded: when more was committed than one read takes, the sweep skips
/// ahead and only suspects are looked at. One thread; blocks.
public final class Reconciler {
    private static final Logger LOG = System.getLogger(Reconciler.class.getName());

    /// Longest time between two sweeps.
    public static final long SWEEP_MS = 10_000;

    /// An early entry waits this long for the ones before it to come by themselves.
    public static final long HOLE_MS = 100;

    private static final int SWEEP_ENTRIES = 10_000;
    private static final int REPAIR_ENTRIES = 1000;

    /// Younger entries may still be on their way from the committing thread.
    private static final long SETTLING_MS = 2000;

    private final EntryLog log;
    private final Delivery delivery;
    private final DeliveryStats stats;
    private final InstantSource clock;
    private long mark;
    private long nextMark;

    public Reconciler(EntryLog log, Delivery delivery, DeliveryStats stats, InstantSource clock) {
        this.log = log;
        this.delivery = delivery;
        this.stats = stats;
        this.clock = clock;
        this.mark = log.mark();
        this.nextMark = mark;
    }

    public void holes() {
        attempt(() -> delivery.takeEarly().forEach(this::repair));
    }

    /// Looks at everything twice: what was too young the first time is old enough the second.
    public void sweep() {
        attempt(() -> {
            delivery.takeFailed().forEach(this::repair);
            long newest = log.mark();
            var changes = log.changes(mark, SWEEP_ENTRIES);
            if (!changes.truncated()) {
                long settled = clock.millis() - SETTLING_MS;
                deliver(changes.entries().stream()
                        .filter(e -> e.sentAt() <= settled)
                        .toList());
            }
            mark = nextMark;
            nextMark = newest;
        });
    }

    private void repair(ConversationId conversation) {
        long delivered = delivery.delivered(conversation);
        if (delivered > 0) {
            deliver(log.ascending(conversation, delivered + 1, Long.MAX_VALUE, REPAIR_ENTRIES));
        }
    }

    private void deliver(List<Entry> entries) {
        var missing = entries.stream()
                .filter(e -> e.seq() > delivery.delivered(e.conversation()))
                .toList();
        stats.repairs.add(missing.size());
        delivery.committed(missing);
    }

    private static void attempt(Runnable look) {
        try {
            look.run();
        } catch (StoreUnavailableException e) {
            LOG.log(Level.WARNING, "reconciler waits for the store: {0}", e.getMessage());
        }
    }
}
