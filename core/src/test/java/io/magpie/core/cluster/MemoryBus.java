package io.magpie.core.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A bus between nodes of one process, for tests. It can be told to misbehave: to lose records without a word,
/// to be down, and to hold the records of one publisher back, so that those of others overtake them.
public final class MemoryBus implements Bus {
    /// What all nodes share.
    public static final class Wire {
        private final Map<String, MemoryBus> subscribed = new ConcurrentHashMap<>();
        private volatile Predicate<Incarnation> loses = _ -> false;
        private volatile Predicate<String> holds = _ -> false;
        private volatile boolean down;

        public MemoryBus join(Incarnation me) {
            return new MemoryBus(this, me);
        }

        /// From now on records of such publishers vanish, and nobody is told.
        public void lose(Predicate<Incarnation> publishers) {
            loses = publishers;
        }

        /// From now on records of such publishers wait; those that waited arrive once none holds them.
        public void hold(Predicate<String> publishers) {
            holds = publishers;
            subscribed.values().forEach(MemoryBus::release);
        }

        /// While down nothing can be published; afterwards every node is told of a gap.
        public void down(boolean now) {
            down = now;
            if (!now) {
                subscribed.values().forEach(bus -> bus.run(Listener::gap));
            }
        }
    }

    private record Held(String publisher, Consumer<Listener> arrival) {}

    private final Wire wire;
    private final Incarnation me;
    private final ExecutorService thread;
    private final List<Held> held = new ArrayList<>();
    private volatile @Nullable Listener listener;

    private MemoryBus(Wire wire, Incarnation me) {
        this.wire = wire;
        this.me = me;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("bus-" + me.node()).factory());
    }

    @Override
    public void publish(String node, byte[] record) {
        if (wire.down) {
            run(l -> l.failed(record));
        } else if (!wire.loses.test(me)) {
            var to = wire.subscribed.get(node);
            if (to != null) {
                to.arrive(me.node(), record);
            }
        }
    }

    @Override
    public void broadcast(byte[] record) {
        if (wire.down) {
            run(l -> l.failed(record));
        } else if (!wire.loses.test(me)) {
            for (MemoryBus to : wire.subscribed.values()) {
                if (!to.me.node().equals(me.node())) {
                    to.arrive(me.node(), record);
                }
            }
        }
    }

    @Override
    public void subscribe(Listener heard) {
        listener = heard;
        wire.subscribed.put(me.node(), this);
    }

    @Override
    public void forget(Incarnation dead) {
        wire.subscribed.computeIfPresent(dead.node(), (_, bus) -> bus.me.number() <= dead.number() ? null : bus);
    }

    @Override
    public void close() {
        wire.subscribed.remove(me.node(), this);
        thread.shutdownNow();
    }

    private synchronized void arrive(String publisher, byte[] record) {
        if (wire.holds.test(publisher)
                || held.stream().anyMatch(waiting -> waiting.publisher().equals(publisher))) {
            held.add(new Held(publisher, l -> l.received(record)));
        } else {
            run(l -> l.received(record));
        }
    }

    private synchronized void release() {
        held.removeIf(waiting -> {
            boolean free = !wire.holds.test(waiting.publisher());
            if (free) {
                run(waiting.arrival());
            }
            return free;
        });
    }

    private void run(Consumer<Listener> call) {
        var to = listener;
        if (to != null && !thread.isShutdown()) {
            thread.execute(() -> call.accept(to));
        }
    }
}
