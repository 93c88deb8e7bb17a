package io.magpie.core.delivery;

import io.magpie.core.cluster.Incarnation;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.log.Entry;
import io.magpie.core.log.EntryLog;
import io.magpie.core.store.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Delivers what was committed but not delivered, by whatever node and for whatever cause: it is pushed within
/// 30 s without the client doing anything.
///
/// Two looks: [#holes], soon after an entry came early, a delivery failed or something became suspect; [#sweep],
/// every 10 s, at everything committed since the last one. Each is bounded. When more was committed than a sweep
/// takes, it skips ahead and only suspects are looked at: conversations of which a record was lost, and those
/// last written by a node that died. When even the suspects are too many, the sessions are told `lagging` and
/// pull.
///
/// One thread, and blocks; suspicion comes from any.
public final class Reconciler {
    private static final Logger LOG = System.getLogger(Reconciler.class.getName());

    /// Longest time between two sweeps.
    public static final long SWEEP_MS = 10_000;

    /// An early entry waits this long for the ones before it to come by themselves.
    public static final long HOLE_MS = 100;

    private static final int SWEEP_ENTRIES = 10_000;
    private static final int REPAIR_ENTRIES = 1000;
    private static final int NEAR_ENTRIES = 50;
    private static final int MAX_SUSPECTS = 10_000;

    /// How many times a sweep's worth is looked at before the sessions have to pull.
    private static final int PAGES = 10;

    /// Before something is noticed, and before the death of a node is, this much may have been missed.
    private static final long LOOK_BACK_MS = 30_000;

    private final EntryLog log;
    private final Delivery delivery;
    private final Audiences audiences;
    private final DeliveryStats stats;
    private final InstantSource clock;
    private final int bound;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private Set<ConversationId> suspects = new LinkedHashSet<>();
    private Set<Incarnation> dead = new LinkedHashSet<>();
    private boolean allSuspect;

    private record Mark(long time, long mark) {}

    private record Suspicions(Set<ConversationId> conversations, Set<Incarnation> dead, boolean all) {}

    public Reconciler(EntryLog log, Delivery delivery, Audiences audiences, DeliveryStats stats, InstantSource clock) {
        this(log, delivery, audiences, stats, clock, SWEEP_ENTRIES);
    }

    Reconciler(
            EntryLog log, Delivery delivery, Audiences audiences, DeliveryStats stats, InstantSource clock, int bound) {
        this.log = log;
        this.delivery = delivery;
        this.audiences = audiences;
        this.stats = stats;
        this.clock = clock;
        this.bound = bound;
        marks.add(new Mark(clock.millis(), log.mark()));
    }

    /// Records about these may not have come. Any thread.
    public synchronized void suspect(Collection<ConversationId> conversations) {
        suspects.addAll(conversations);
        if (suspects.size() > MAX_SUSPECTS) {
            suspects = new LinkedHashSet<>();
            allSuspect = true;
        }
    }

    /// From now on records about these groups come here: what was committed before is looked for, where this node
    /// follows the group already. Any thread.
    public void reachable(Collection<Long> groups) {
        suspect(groups.stream()
                .map(ConversationId::group)
                .filter(group -> delivery.first(group) > 0)
                .toList());
    }

    /// Records about anything may not have come. Any thread.
    public synchronized void suspectAll() {
        allSuspect = true;
    }

    /// What the node committed last it may have told nobody. Any thread.
    public synchronized void died(Incarnation node) {
        dead.add(node);
    }

    public void holes() {
        attempt(() -> {
            delivery.takeEarly().forEach(this::repair);
            var taken = take();
            try {
                taken.conversations().forEach(this::examine);
                if (taken.all()) {
                    lookBack();
                } else {
                    taken.dead().forEach(this::lookBack);
                }
            } catch (StoreUnavailableException e) {
                giveBack(taken);
                throw e;
            }
            reload();
        });
    }

    /// Looks at everything twice: what was too young the first time is old enough the second.
    public void sweep() {
        attempt(() -> {
            delivery.takeFailed().forEach(this::repair);
            var newest = new Mark(clock.millis(), log.mark());
            var changes = log.changes(lastButOne().mark(), bound);
            if (changes.truncated()) {
                stats.skips.increment();
            } else {
                deliverSettled(changes.entries());
            }
            marks.add(newest);
            forgetMarks(newest.time() - LOOK_BACK_MS);
            reload();
        });
    }

    private synchronized Suspicions take() {
        var taken = new Suspicions(suspects, dead, allSuspect);
        suspects = new LinkedHashSet<>();
        dead = new LinkedHashSet<>();
        allSuspect = false;
        return taken;
    }

    private synchronized void giveBack(Suspicions taken) {
        suspect(taken.conversations());
        dead.addAll(taken.dead());
        allSuspect |= taken.all();
    }

    private Mark lastButOne() {
        var newestFirst = marks.descendingIterator();
        var newest = newestFirst.next();
        return newestFirst.hasNext() ? newestFirst.next() : newest;
    }

    /// All but the newest of those before `time`, and the last two.
    private void forgetMarks(long time) {
        while (marks.size() > 2
                && marks.stream().skip(1).findFirst().orElseThrow().time() <= time) {
            marks.remove();
        }
    }

    private void deliverSettled(List<Entry> entries) {
        long settled = clock.millis() - Delivery.SETTLING_MS;
        delivery.repair(entries.stream().filter(e -> e.sentAt() <= settled).toList());
    }

    /// Fills the hole behind what was delivered.
    private void repair(ConversationId conversation) {
        long delivered = delivery.delivered(conversation);
        for (int page = 0; delivered > 0 && page < PAGES; page++) {
            var entries = log.ascending(conversation, delivered + 1, Long.MAX_VALUE, REPAIR_ENTRIES);
            delivery.repair(entries);
            if (entries.size() < REPAIR_ENTRIES) {
                delivery.giveUpHole(conversation);
                return;
            }
            delivered = entries.getLast().seq();
        }
    }

    /// As [#repair], and looks also before what was delivered first.
    private void examine(ConversationId conversation) {
        long first = delivery.first(conversation);
        if (first == 0) {
            delivery.repair(log.latest(conversation, 1, Long.MAX_VALUE, NEAR_ENTRIES));
            return;
        }
        if (first > 1) {
            delivery.repair(log.latest(conversation, 1, first - 1, NEAR_ENTRIES));
        }
        repair(conversation);
    }

    private void lookBack() {
        long mark = marks.getFirst().mark();
        for (int page = 0; page < PAGES; page++) {
            var changes = log.changes(mark, bound);
            delivery.repair(changes.entries());
            if (!changes.truncated()) {
                return;
            }
            mark = changes.mark();
        }
        giveUp();
    }

    private void lookBack(Incarnation node) {
        long mark = marks.getFirst().mark();
        var changes = log.changes(mark, bound);
        delivery.repair(changes.entries());
        for (int page = 0; changes.truncated() && page < PAGES; page++) {
            changes = log.changedBy(node.number(), mark, bound);
            delivery.repair(changes.entries());
            mark = changes.mark();
        }
        if (changes.truncated()) {
            giveUp();
        }
    }

    private void giveUp() {
        LOG.log(Level.WARNING, "too much was missed to be looked for; sessions are told to pull");
        stats.surrenders.increment();
        audiences.everybody().forEach(audiences::reload);
        delivery.tellAllLagging();
    }

    private void reload() {
        delivery.takeDoubtful().forEach(audiences::reload);
    }

    private static void attempt(Runnable look) {
        try {
            look.run();
        } catch (StoreUnavailableException e) {
            LOG.log(Level.WARNING, "reconciler waits for the store: {0}", e.getMessage());
        }
    }
}
