package io.magpie.core.node;

import io.magpie.core.cluster.Bus;
import io.magpie.core.cluster.Directory;
import io.magpie.core.cluster.Incarnation;
import io.magpie.core.cluster.Peers;
import io.magpie.core.upkeep.Chore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Removes from the engines what ended nodes left there. Every node does it, whoever notices; an incarnation
/// names what is removed, so nothing of the living is touched. What is left of nodes that ended while nobody
/// looked is found once a minute. One thread; blocks. [#died] from any.
public final class Survivor implements Chore {
    private static final Logger LOG = System.getLogger(Survivor.class.getName());
    private static final long TICK_MS = 1_000;
    private static final long ROUND_MS = 60_000;

    private final Directory directory;
    private final Bus bus;
    private final Peers peers;
    private final InstantSource clock;
    private final Set<Incarnation> dead = new LinkedHashSet<>();
    private Set<Incarnation> unknown = Set.of();
    private long lastRound;

    public Survivor(Directory directory, Bus bus, Peers peers, InstantSource clock) {
        this.directory = directory;
        this.bus = bus;
        this.peers = peers;
        this.clock = clock;
        this.lastRound = clock.millis();
    }

    public void died(Incarnation node) {
        synchronized (dead) {
            dead.add(node);
        }
    }

    @Override
    public String name() {
        return "clearing up after nodes that ended";
    }

    @Override
    public long next() {
        try {
            if (clock.millis() - lastRound >= ROUND_MS) {
                lastRound = clock.millis();
                lookForStrangers();
            }
            for (Incarnation node : snapshot()) {
                if (peers.over(node)) {
                    directory.forget(node);
                    bus.forget(node);
                    LOG.log(Level.INFO, "cleared up after {0}", node);
                }
                synchronized (dead) {
                    dead.remove(node);
                }
            }
        } catch (Directory.UnavailableException e) {
            LOG.log(Level.WARNING, "clearing up waits for the directory: {0}", e.getMessage());
        }
        return TICK_MS;
    }

    private Set<Incarnation> snapshot() {
        synchronized (dead) {
            return Set.copyOf(dead);
        }
    }

    /// One that no registry lists, twice in a row, is not just starting.
    private void lookForStrangers() {
        Set<Incarnation> strangers = new HashSet<>();
        for (Incarnation holder : directory.holders()) {
            if (peers.over(holder)) {
                directory.forget(holder);
            } else if (!holder.equals(peers.me()) && !lives(holder)) {
                strangers.add(holder);
            }
        }
        for (Incarnation stranger : strangers) {
            if (unknown.contains(stranger)) {
                directory.forget(stranger);
                bus.forget(stranger);
            }
        }
        unknown = strangers;
    }

    private boolean lives(Incarnation holder) {
        var node = peers.others().get(holder.node());
        return node != null && node.incarnation() == holder.number();
    }
}
